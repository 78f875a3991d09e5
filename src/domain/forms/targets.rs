//! The form about targets: fields `first`, `next`, `solved`, and a row `o.N.…` for each override.

use super::{
    Fault, Form, Reader,
    values::{length, write_length},
};
use crate::domain::{
    brand::{TargetOverride, Targets},
    case::Priority,
    network::Network,
};

/// Rows that a form may have.
const ROWS: usize = 60;

/// Fills the form.
pub fn write(targets: &Targets, form: &mut Form) {
    form.set("first", write_length(targets.first_response_s));
    form.set("next", write_length(targets.next_response_s));
    form.set("solved", write_length(targets.resolution_s));
    for (row, it) in targets.overrides.iter().enumerate() {
        let mut set = |field: &str, value: String| form.set(format!("o.{row}.{field}"), value);
        set(
            "priority",
            it.priority.map_or(String::new(), |it| it.to_string()),
        );
        set(
            "network",
            it.network.map_or(String::new(), |it| it.to_string()),
        );
        for (field, seconds) in [
            ("first", it.first_response_s),
            ("next", it.next_response_s),
            ("solved", it.resolution_s),
        ] {
            set(field, seconds.map_or(String::new(), write_length));
        }
    }
}

/// Reads the form. A row without any time is left out.
pub fn read(form: &Form) -> Result<Targets, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let first = reader.read("first", length);
    let next = reader.read("next", length);
    let solved = reader.read("solved", length);
    let mut overrides: Vec<TargetOverride> = Vec::new();
    let rows = form.rows("o");
    if rows.len() > ROWS {
        reader.fault(
            "first",
            format!("There are more than {ROWS} exceptions. Leave some out."),
        );
    }
    for row in rows.into_iter().take(ROWS) {
        let name = |field: &str| format!("o.{row}.{field}");
        let times = ["first", "next", "solved"].map(name);
        if times.iter().all(|it| form.get(it).is_empty()) {
            continue;
        }
        let word = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let priority = word(form.get(&name("priority"))).map(|it| it.parse::<Priority>());
        let network = word(form.get(&name("network"))).map(|it| it.parse::<Network>());
        let (priority, network) = match (priority.transpose(), network.transpose()) {
            (Ok(priority), Ok(network)) => (priority, network),
            (Err(unknown), _) => {
                reader.fault(&name("priority"), unknown.to_string());
                continue;
            }
            (_, Err(unknown)) => {
                reader.fault(&name("network"), unknown.to_string());
                continue;
            }
        };
        if priority.is_none() && network.is_none() {
            reader.fault(
                &name("priority"),
                "Choose a priority or a network; what holds for all stands above.",
            );
        }
        if overrides
            .iter()
            .any(|it| (it.priority, it.network) == (priority, network))
        {
            reader.fault(
                &name("priority"),
                "There is a row for the same priority and network already. Put both into one.",
            );
        }
        let [first, next, solved] = times.map(|it| reader.read_if_there(&it, length));
        overrides.push(TargetOverride {
            priority,
            network,
            first_response_s: first,
            next_response_s: next,
            resolution_s: solved,
        });
    }
    let targets = first
        .zip(next)
        .zip(solved)
        .map(|((first, next), solved)| Targets {
            first_response_s: first,
            next_response_s: next,
            resolution_s: solved,
            overrides,
        });
    reader.finish(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_survive_their_form() {
        let targets = Targets {
            overrides: vec![
                TargetOverride {
                    priority: Some(Priority::Urgent),
                    network: None,
                    first_response_s: Some(600),
                    next_response_s: None,
                    resolution_s: Some(86_400),
                },
                TargetOverride {
                    priority: None,
                    network: Some(Network::Email),
                    first_response_s: Some(14_400),
                    next_response_s: Some(14_400),
                    resolution_s: None,
                },
            ],
            ..Targets::default()
        };
        let mut form = Form::default();
        write(&targets, &mut form);
        assert_eq!(read(&form), Ok(targets));
    }

    #[test]
    fn a_fault_names_its_field() {
        let mut form = Form::default();
        write(&Targets::default(), &mut form);
        form.set("next", "soon");
        form.set("o.3.first", "5 min");
        let faults = read(&form).expect_err("two faults");
        let fields: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["next", "o.3.priority"]);
    }
}
