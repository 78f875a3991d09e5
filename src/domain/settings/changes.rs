//! What differs between two sets of rules, as sentences.

use crate::domain::{
    brand::{Policies, TargetOverride, Targets},
    calendar::Calendar,
    forms::values::{WEEKDAYS, write_clock, write_hours, write_length},
    sundown::SundownPolicy,
};

/// What differs from one set of rules to another; nothing when they are the same.
pub fn between(old: &Policies, new: &Policies) -> Vec<String> {
    let mut changes = Vec::new();
    targets(&old.targets, &new.targets, &mut changes);
    sundown(&old.sundown, &new.sundown, &mut changes);
    calendar(&old.calendar, &new.calendar, &mut changes);
    changes
}

fn targets(old: &Targets, new: &Targets, changes: &mut Vec<String>) {
    for (name, before, after) in [
        ("First response", old.first_response_s, new.first_response_s),
        ("Next response", old.next_response_s, new.next_response_s),
        ("Resolution", old.resolution_s, new.resolution_s),
    ] {
        if before != after {
            changes.push(format!(
                "{name}: {} instead of {}.",
                write_length(after),
                write_length(before)
            ));
        }
    }
    let find = |all: &[TargetOverride], like: &TargetOverride| {
        all.iter()
            .find(|it| (it.priority, it.network) == (like.priority, like.network))
            .copied()
    };
    for it in &new.overrides {
        match find(&old.overrides, it) {
            None => changes.push(format!("{}: {}.", of_whom(it), times(it))),
            Some(before) if before != *it => changes.push(format!(
                "{}: {} instead of {}.",
                of_whom(it),
                times(it),
                times(&before)
            )),
            Some(_) => {}
        }
    }
    for it in &old.overrides {
        if find(&new.overrides, it).is_none() {
            changes.push(format!("{}: as usual again.", of_whom(it)));
        }
    }
}

fn of_whom(it: &TargetOverride) -> String {
    match (it.priority, it.network) {
        (Some(priority), Some(network)) => {
            format!("{} on {}", priority.label(), network.label())
        }
        (Some(priority), None) => format!("{} priority", priority.label()),
        (None, Some(network)) => network.label().to_owned(),
        (None, None) => "Everything".to_owned(),
    }
}

fn times(it: &TargetOverride) -> String {
    let parts: Vec<String> = [
        ("first", it.first_response_s),
        ("next", it.next_response_s),
        ("solved", it.resolution_s),
    ]
    .iter()
    .filter_map(|(name, time)| time.map(|it| format!("{name} {}", write_length(it))))
    .collect();
    parts.join(", ")
}

fn sundown(old: &SundownPolicy, new: &SundownPolicy, changes: &mut Vec<String>) {
    if cut_off(old) != cut_off(new) {
        changes.push(format!(
            "Sundown: {} instead of {}.",
            cut_off(new),
            cut_off(old)
        ));
    }
    if old.last_call_minutes != new.last_call_minutes {
        changes.push(format!(
            "Last call: {} min before sundown instead of {}.",
            new.last_call_minutes, old.last_call_minutes
        ));
    }
    if old.days_off != new.days_off {
        changes.push(format!(
            "Days off: {} instead of {}.",
            days_off(new),
            days_off(old)
        ));
    }
}

fn cut_off(it: &SundownPolicy) -> String {
    let Some(rule) = &it.sunset else {
        return write_clock(it.cut_off_minute);
    };
    let place = &rule.place;
    let offset = match rule.offset_minutes {
        0 => "at sunset".to_owned(),
        after @ 1.. => format!("{after} min after sunset"),
        before => format!("{} min before sunset", -before),
    };
    format!(
        "{offset} in {} ({}, {}), {} to {}",
        place.name,
        f64::from(place.latitude_e4) / 1e4,
        f64::from(place.longitude_e4) / 1e4,
        write_clock(rule.earliest_minute),
        write_clock(rule.latest_minute)
    )
}

fn days_off(it: &SundownPolicy) -> String {
    let names = WEEKDAYS
        .iter()
        .filter(|(.., weekday)| it.days_off.weekdays.contains(weekday))
        .map(|(_, name, _)| (*name).to_owned());
    let dates = it.days_off.dates.iter().map(ToString::to_string);
    let all: Vec<String> = names.chain(dates).collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(", ")
    }
}

fn calendar(old: &Calendar, new: &Calendar, changes: &mut Vec<String>) {
    let words = |intervals: &[_]| match write_hours(intervals) {
        hours if hours.is_empty() => "closed".to_owned(),
        hours => hours,
    };
    for (day, (_, name, _)) in WEEKDAYS.iter().enumerate() {
        let (before, after) = (&old.week[day], &new.week[day]);
        if before != after {
            changes.push(format!(
                "{name}: {} instead of {}.",
                words(after),
                words(before)
            ));
        }
    }
    for it in &new.exceptions {
        if !old.exceptions.contains(it) {
            changes.push(format!(
                "{} ({}): {}.",
                it.date,
                it.name,
                words(&it.intervals)
            ));
        }
    }
    for it in &old.exceptions {
        if !new.exceptions.iter().any(|other| other.date == it.date) {
            changes.push(format!("{} ({}): an ordinary day again.", it.date, it.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{case::Priority, sundown::SunsetRule, sunset::Place};

    #[test]
    fn the_same_rules_differ_by_nothing() {
        assert!(between(&Policies::default(), &Policies::default()).is_empty());
    }

    #[test]
    fn every_kind_of_change_is_told() {
        let old = Policies::default();
        let mut new = old.clone();
        new.targets.first_response_s = 900;
        new.targets.overrides.push(TargetOverride {
            priority: Some(Priority::Urgent),
            network: None,
            first_response_s: Some(300),
            next_response_s: None,
            resolution_s: None,
        });
        new.sundown.last_call_minutes = 30;
        new.sundown.sunset = Some(SunsetRule {
            place: Place::new("Lisbon", 38.7223, -9.1393).expect("a place"),
            offset_minutes: -15,
            earliest_minute: 960,
            latest_minute: 1260,
        });
        new.calendar.week[5] = new.calendar.week[0].clone();
        assert_eq!(
            between(&old, &new),
            [
                "First response: 15 min instead of 1 h.",
                "Urgent priority: first 5 min.",
                "Sundown: 15 min before sunset in Lisbon (38.7223, -9.1393), 16:00 to 21:00 instead of 18:00.",
                "Last call: 30 min before sundown instead of 60.",
                "Saturday: 09:00–17:00 instead of closed.",
            ]
        );
    }
}
