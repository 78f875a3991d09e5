//! Macros: texts that agents begin with, and the variables in them.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The variables: name and what it stands for.
pub const VARIABLES: &[(&str, &str)] = &[
    ("customer.name", "the customer's name"),
    ("customer.handle", "their account"),
    ("agent.name", "who answers"),
    ("brand.name", "the brand"),
    (
        "case.link",
        "the page on which the customer says whether it is solved",
    ),
    ("case.topic", "what it is about"),
];

/// A text that agents begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacroReply {
    /// Under which they find it.
    pub name: String,
    /// Its language as an ISO 639 code.
    pub language: String,
    /// The text with variables such as `{{customer.name}}`.
    pub body: String,
}

/// Puts values in the place of variables; what can't be understood is a sentence that names it.
pub fn fill<'a>(body: &str, value: impl Fn(&str) -> Cow<'a, str>) -> Result<String, String> {
    let mut filled = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("{{") {
        filled.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let end = inside.find("}}").ok_or_else(|| {
            let begun: String = inside.chars().take(20).collect();
            format!("“{{{{{begun}” never ends. Close it with }}}}.")
        })?;
        let name = inside[..end].trim();
        if !VARIABLES.iter().any(|(known, _)| *known == name) {
            let known: Vec<&str> = VARIABLES.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "There is no variable “{name}”. There are {}.",
                known.join(", ")
            ));
        }
        filled.push_str(&value(name));
        rest = &inside[end + 2..];
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str) -> Cow<'static, str> {
        match name {
            "customer.name" => "Ada".into(),
            _ => "{{customer.name}}".into(),
        }
    }

    #[test]
    fn variables_get_their_values_once() {
        assert_eq!(
            fill("Hello {{ customer.name }}!", sample),
            Ok("Hello Ada!".to_owned())
        );
        // What stands in a value is no variable.
        assert_eq!(
            fill("{{brand.name}}", sample),
            Ok("{{customer.name}}".to_owned())
        );
        assert_eq!(
            fill("no {variable}", sample),
            Ok("no {variable}".to_owned())
        );
    }

    #[test]
    fn an_unknown_variable_is_named() {
        let says = fill("Hello {{customer.nane}}", sample).expect_err("a typing mistake");
        assert!(
            says.contains("“customer.nane”") && says.contains("customer.name"),
            "{says}"
        );
        assert!(fill("Hello {{customer.name", sample).is_err_and(|it| it.contains("never ends")));
        assert!(fill("Hello {{}}", sample).is_err());
    }
}
