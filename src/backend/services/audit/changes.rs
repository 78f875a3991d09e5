//! What a line of the log says has changed, in words that people read.

use serde_json::Value;

/// Field by field, what differs: the field, as it was, as it is. Where there are no fields there is
/// one without a name; where nothing is told, none.
pub fn between(before: &str, after: &str) -> Vec<(String, String, String)> {
    let parsed = |it: &str| serde_json::from_str(it).unwrap_or(Value::Null);
    let (before, after) = (parsed(before), parsed(after));
    let (Some(fields), true) = (
        fields_of(&before, &after),
        before.is_object() || after.is_object(),
    ) else {
        let (was, is) = (told(&before), told(&after));
        return if was == is {
            Vec::new()
        } else {
            vec![(String::new(), was, is)]
        };
    };
    let value = |it: &Value, field: &str| it.get(field).map(told).unwrap_or_default();
    fields
        .into_iter()
        .map(|field| (value(&before, &field), value(&after, &field), field))
        .filter(|(was, is, _)| was != is)
        .map(|(was, is, field)| (field.replace('_', " "), was, is))
        .collect()
}

fn fields_of(before: &Value, after: &Value) -> Option<Vec<String>> {
    let keys = |it: &Value| match it {
        Value::Object(fields) => Some(fields.keys().cloned().collect::<Vec<_>>()),
        Value::Null => Some(Vec::new()),
        _ => None,
    };
    let mut all = keys(before)?;
    all.extend(keys(after)?);
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn told(it: &Value) -> String {
    match it {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(told).collect::<Vec<_>>().join(", "),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) => it.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::between;

    fn told(before: &str, after: &str) -> Vec<String> {
        let all = between(before, after).into_iter();
        all.map(|(field, was, is)| format!("{field}: {was} > {is}"))
            .collect()
    }

    #[test]
    fn only_what_differs_is_told_field_by_field() {
        let before = r#"{"role":"agent","teams":["1"],"name":"Femi"}"#;
        let after = r#"{"role":"lead","teams":["1","2"],"name":"Femi"}"#;
        assert_eq!(
            told(before, after),
            ["role: agent > lead", "teams: 1 > 1, 2"]
        );
        assert_eq!(told("null", r#"{"made_at":3}"#), ["made at:  > 3"]);
    }

    #[test]
    fn what_has_no_fields_is_told_whole() {
        assert_eq!(told("\"a\"", "\"b\""), [": a > b"]);
        assert_eq!(told("[\"agent\"]", "[]"), [": agent > "]);
        assert!(told("null", "null").is_empty());
        assert!(told("broken", "null").is_empty());
    }
}
