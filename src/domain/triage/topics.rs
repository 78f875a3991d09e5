//! What a text is about, by the words of the brand's topics: the first topic whose words are found
//! counts, as everywhere.

use super::verdict::{Reason, Suggested};
use crate::domain::topic::{Keyword, Topic, fold};

/// A topic, ready to be looked for.
#[derive(Clone, Debug)]
pub struct TopicWords {
    key: String,
    name: String,
    words: Vec<Keyword>,
}

impl TopicWords {
    /// Makes a topic ready.
    pub fn of(topic: &Topic) -> Self {
        Self {
            key: topic.key.clone(),
            name: topic.name.clone(),
            words: topic.words(),
        }
    }
}

/// The topic of a text.
pub fn judge(text: &str, topics: &[TopicWords]) -> Option<Suggested<String>> {
    if topics.is_empty() {
        return None;
    }
    let folded = fold(text);
    let (topic, found) = topics.iter().find_map(|topic| {
        let found = topic.words.iter().find(|it| it.is_in(&folded))?;
        Some((topic, found))
    })?;
    Some(Suggested {
        value: topic.key.clone(),
        confidence: 90,
        reasons: vec![Reason {
            words: Some(found.text().to_owned()),
            stands_for: format!("a word of the topic {}", topic.name),
            weight: 100,
        }],
    })
}
