//! A brand's rules: reading them with their versions, showing what a change would do, changing.
//!
//! A change is a new version; none is ever edited, so what was due stays as it was computed. Two
//! people who change at once are told of each other: the version that one looked at must still be
//! the newest.

use super::{brand_of, choices, holidays, query};
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::{audit, period::wire_zone},
        store::{self, Tx},
    },
    domain::{
        brand::{Brand, Policies, PolicyVersion, in_force},
        calendar::{Calendar, instant_of},
        forms::{self, Fault, Form},
        ids::CaseId,
        person::Viewer,
        question::{Filter, Question, Which},
        settings::{
            PolicySection, changes,
            policies::{
                MovedCase, OpenEffect, PolicyPage, PolicyPreview, SundownDay, VersionLine,
                VersionState,
            },
        },
        time::Instant,
    },
};
use chrono::{Days, NaiveDateTime, TimeDelta, Timelike};
use chrono_tz::Tz;

/// So many open cases are looked at: the newest.
const LOOKED_AT: usize = 500;
/// So many that would move are named.
const EXAMPLES: usize = 5;
/// So many days of sundowns are shown.
const DAYS: u64 = 14;

/// One brand's rules as a transaction sees them.
struct Rules {
    brand: Brand,
    zone: Tz,
    /// Oldest first; never empty.
    versions: Vec<PolicyVersion>,
}

impl Rules {
    async fn load(tx: &mut Tx, brand: Brand) -> Result<Self> {
        let mut versions = store::brands::policies_of(tx, brand.id).await?;
        if versions.is_empty() {
            versions.push(PolicyVersion {
                version: 0,
                since: crate::domain::time::from_ms(0),
                zone: None,
                policies: Policies::default(),
            });
        }
        Ok(Self {
            zone: brand.zone.parse().unwrap_or(Tz::UTC),
            brand,
            versions,
        })
    }

    fn newest(&self) -> &PolicyVersion {
        &self.versions[self.versions.len() - 1]
    }

    fn in_force(&self, at: Instant) -> &PolicyVersion {
        in_force(&self.versions, at).unwrap_or(self.newest())
    }
}

/// A form, understood.
struct Draft {
    /// All rules, with what the form says put in.
    policies: Policies,
    since: Instant,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// There is a new version.
    Saved(i32),
    /// There isn't; the preview says what to mend, or what somebody else changed meanwhile.
    Refused(Box<PolicyPreview>),
}

/// A page of rules. A form in which `seen` says which version it was begun from is a draft;
/// without it the fields show the newest rules.
pub async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    section: PolicySection,
    form: &Form,
) -> Result<PolicyPage> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let (brands, brand) = brand_of(&mut tx, viewer, form).await?;
    let rules = Rules::load(&mut tx, brand).await?;
    let newest = rules.newest();
    let is_draft = !form.get("seen").is_empty();
    let mut shown = if is_draft {
        form.clone()
    } else {
        filled(section, &newest.policies)
    };
    shown.set("brand", &rules.brand.key);
    let seen = newest.version.to_string();
    let asked = if is_draft {
        form.clone()
    } else {
        let mut asked = shown.clone();
        asked.set("seen", &seen);
        asked
    };
    let preview = preview_of(ctx, &mut tx, &rules, section, &asked, now).await?;
    shown.set("seen", seen);
    let holidays = match section {
        PolicySection::Calendar => {
            holidays::find(&mut tx, &rules.brand, &newest.policies.calendar, form).await?
        }
        PolicySection::Targets | PolicySection::Sundown => None,
    };
    Ok(PolicyPage {
        brands: choices(&brands),
        brand: rules.brand.key.clone(),
        zone: wire_zone(rules.zone, now - TimeDelta::days(800), now),
        as_of: now,
        form: shown,
        saved: form.get("saved").parse().ok(),
        versions: lines(&rules, now),
        preview,
        holidays,
    })
}

/// What a form would do if it were saved now.
pub async fn preview(
    ctx: &Ctx,
    viewer: &Viewer,
    section: PolicySection,
    form: &Form,
) -> Result<PolicyPreview> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let (_, brand) = brand_of(&mut tx, viewer, form).await?;
    let rules = Rules::load(&mut tx, brand).await?;
    preview_of(ctx, &mut tx, &rules, section, form, now).await
}

/// Makes a new version of a brand's rules from a form.
pub async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    section: PolicySection,
    form: &Form,
) -> Result<Changed> {
    let now = ctx.clock.now();
    let make = |rules: &Rules| draft(rules, section, form, now);
    match make_version(ctx, viewer, form, now, make).await? {
        Some(version) => Ok(Changed::Saved(version)),
        None => Ok(Changed::Refused(Box::new(
            preview(ctx, viewer, section, form).await?,
        ))),
    }
}

/// Makes a new version of a brand's rules, from now on, by changing their calendar; the form says
/// whose and from which version it was begun.
pub async fn change_calendar(
    ctx: &Ctx,
    viewer: &Viewer,
    form: &Form,
    change: impl FnOnce(&mut Calendar),
) -> Result<Changed> {
    let now = ctx.clock.now();
    let make = |rules: &Rules| {
        let mut policies = rules.newest().policies.clone();
        change(&mut policies.calendar);
        if policies.calendar.exceptions.len() > forms::calendar::EXCEPTIONS {
            return Err(Vec::new());
        }
        Ok(Draft {
            policies,
            since: now,
        })
    };
    match make_version(ctx, viewer, form, now, make).await? {
        Some(version) => Ok(Changed::Saved(version)),
        None => {
            let mut tx = ctx.store.read().await?;
            let (_, brand) = brand_of(&mut tx, viewer, form).await?;
            let rules = Rules::load(&mut tx, brand).await?;
            Ok(Changed::Refused(Box::new(PolicyPreview {
                newer: newer(&rules, form),
                ..PolicyPreview::default()
            })))
        }
    }
}

/// Writes a draft as the next version, unless it can't be made or somebody else was first.
async fn make_version(
    ctx: &Ctx,
    viewer: &Viewer,
    form: &Form,
    now: Instant,
    make: impl FnOnce(&Rules) -> Result<Draft, Vec<Fault>>,
) -> Result<Option<i32>> {
    let mut tx = ctx.store.write().await?;
    let (_, brand) = brand_of(&mut tx, viewer, form).await?;
    // Whoever else changes this brand's rules waits, and then sees this version.
    store::brands::lock(&mut tx, brand.id).await?;
    let rules = Rules::load(&mut tx, brand).await?;
    let draft = match make(&rules) {
        Ok(draft) if newer(&rules, form).is_empty() => draft,
        Ok(_) | Err(_) => return Ok(None),
    };
    let before = rules.newest();
    if draft.policies == before.policies && draft.since >= before.since {
        return Ok(Some(before.version));
    }
    let after = PolicyVersion {
        version: before.version + 1,
        since: draft.since,
        zone: Some(rules.brand.zone.clone()),
        policies: draft.policies,
    };
    store::brands::insert_policy(&mut tx, ctx.ids.next(now), rules.brand.id, &after).await?;
    let subject = format!("rules of {}", rules.brand.key);
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "rules.changed",
        subject,
        (before, &after),
    )
    .await?;
    tx.commit().await?;
    Ok(Some(after.version))
}

/// Where a browser goes after a change: to the saved rules, or back to the draft, which says what
/// is wrong with it.
pub fn address_after(section: PolicySection, form: &Form, changed: &Changed) -> String {
    let asked = match changed {
        Changed::Saved(version) => {
            let mut asked = Form::default();
            asked.set("brand", form.get("brand"));
            asked.set("saved", version.to_string());
            asked
        }
        Changed::Refused(_) => form.clone(),
    };
    format!("/settings/rules/{section}?{}", query(&asked))
}

fn filled(section: PolicySection, policies: &Policies) -> Form {
    let mut form = Form::default();
    match section {
        PolicySection::Targets => forms::targets::write(&policies.targets, &mut form),
        PolicySection::Sundown => forms::sundown::write(&policies.sundown, &mut form),
        PolicySection::Calendar => forms::calendar::write(&policies.calendar, &mut form),
    }
    form
}

fn draft(
    rules: &Rules,
    section: PolicySection,
    form: &Form,
    now: Instant,
) -> Result<Draft, Vec<Fault>> {
    let mut policies = rules.newest().policies.clone();
    let read = match section {
        PolicySection::Targets => forms::targets::read(form).map(|it| policies.targets = it),
        PolicySection::Sundown => forms::sundown::read(form).map(|it| policies.sundown = it),
        PolicySection::Calendar => forms::calendar::read(form).map(|it| policies.calendar = it),
    };
    match (read, since(form, rules.zone, now)) {
        (Ok(()), Ok(since)) => Ok(Draft { policies, since }),
        (Ok(()), Err(fault)) => Err(vec![fault]),
        (Err(faults), Ok(_)) => Err(faults),
        (Err(mut faults), Err(fault)) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

/// From when on: now when the form doesn't say, and never in the past.
fn since(form: &Form, zone: Tz, now: Instant) -> Result<Instant, Fault> {
    let fault = |says: &str| Fault {
        field: "since".to_owned(),
        says: says.to_owned(),
    };
    let text = form.get("since");
    if text.is_empty() {
        return Ok(now);
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .map_err(|_| fault("That isn't a date with a time. Write it as 2026-12-01T09:00, or leave it empty for now."))?;
    let minute = local.hour() * 60 + local.minute();
    let at = instant_of(&zone, local.date(), minute);
    if at < now {
        return Err(fault(
            "That is past. Rules can't be changed for what was due before; leave it empty for now, or choose a later moment.",
        ));
    }
    if at > now + TimeDelta::days(366) {
        return Err(fault(
            "That is more than a year ahead. Choose an earlier moment.",
        ));
    }
    Ok(at)
}

/// What others changed since the form was begun.
fn newer(rules: &Rules, form: &Form) -> Vec<String> {
    let newest = rules.newest();
    let seen: i32 = form.get("seen").parse().unwrap_or(newest.version);
    if seen >= newest.version {
        return Vec::new();
    }
    let old = rules.versions.iter().find(|it| it.version == seen);
    let old = old.map(|it| it.policies.clone()).unwrap_or_default();
    let mut told = changes::between(&old, &newest.policies);
    if told.is_empty() {
        told.push("The same rules begin at another moment.".to_owned());
    }
    told
}

async fn preview_of(
    ctx: &Ctx,
    tx: &mut Tx,
    rules: &Rules,
    section: PolicySection,
    form: &Form,
    now: Instant,
) -> Result<PolicyPreview> {
    let newest = rules.newest();
    let (policies, since, faults) = match draft(rules, section, form, now) {
        Ok(draft) => (draft.policies, draft.since, Vec::new()),
        Err(faults) => (newest.policies.clone(), now, faults),
    };
    let current = &rules.in_force(now).policies;
    let is_changed = policies != newest.policies;
    Ok(PolicyPreview {
        newer: newer(rules, form),
        changes: changes::between(&newest.policies, &policies),
        replaces: (is_changed && newest.since > since).then_some(newest.version),
        sundowns: sundowns(&policies, current, rules.zone, now),
        week: policies.calendar.week.to_vec(),
        week_minutes: (
            current.calendar.week_minutes(),
            policies.calendar.week_minutes(),
        ),
        open: open_effect(ctx, tx, rules, &policies, now).await?,
        faults,
    })
}

fn sundowns(policies: &Policies, current: &Policies, zone: Tz, now: Instant) -> Vec<SundownDay> {
    let today = now.with_timezone(&zone).date_naive();
    (0..DAYS)
        .map(|ahead| {
            let date = today + Days::new(ahead);
            SundownDay {
                date,
                at: policies.sundown.end_of(&zone, date),
                last_call: policies.sundown.last_call_of(&zone, date),
                is_off: policies.sundown.days_off.contains(date),
                before_minute: current.sundown.minute_on(&zone, date),
                minute: policies.sundown.minute_on(&zone, date),
            }
        })
        .collect()
}

async fn open_effect(
    ctx: &Ctx,
    tx: &mut Tx,
    rules: &Rules,
    policies: &Policies,
    now: Instant,
) -> Result<OpenEffect> {
    let snapshot = ctx.engine.snapshot(tx, now).await?;
    let question = Question {
        filter: Filter {
            brand: Some(rules.brand.key.clone()),
            ..Filter::default()
        },
        ..Question::everything(now)
    };
    let ids = snapshot.list(&question, None, Which::OpenNow);
    let newest: Vec<CaseId> = ids
        .iter()
        .take(LOOKED_AT)
        .map(|id| CaseId::from(*id))
        .collect();
    let mut cases = store::cases::find_all(tx, &newest).await?;
    cases.sort_by_key(|it| std::cmp::Reverse(it.opened_at));
    let mut effect = OpenEffect {
        open: ids.len() as u64,
        looked_at: cases.len() as u64,
        ..OpenEffect::default()
    };
    let is_late = |due: Option<Instant>| due.is_some_and(|at| at < now);
    for case in &cases {
        let other = case.under(policies, &rules.zone);
        effect.late_before += u64::from(is_late(case.due_at));
        effect.late_after += u64::from(is_late(other.due_at));
        if other.due_at == case.due_at {
            continue;
        }
        effect.moved += 1;
        if effect.examples.len() < EXAMPLES {
            effect.examples.push(MovedCase {
                id: case.id,
                customer: String::new(),
                before: case.due_at.zip(case.due_kind),
                after: other.due_at.zip(other.due_kind),
            });
        }
    }
    let named: Vec<i64> = effect.examples.iter().map(|it| it.id.get()).collect();
    let mut names = store::summaries::customers(tx, &named).await?;
    for it in &mut effect.examples {
        it.customer = names.remove(&it.id.get()).unwrap_or_default();
    }
    Ok(effect)
}

fn lines(rules: &Rules, now: Instant) -> Vec<VersionLine> {
    let in_force = rules.in_force(now).version;
    let mut lines: Vec<VersionLine> = Vec::new();
    for (place, it) in rules.versions.iter().enumerate() {
        let began_later = rules.versions[place + 1..]
            .iter()
            .any(|later| later.since <= it.since);
        let state = match () {
            () if it.version == in_force => VersionState::InForce,
            () if began_later => VersionState::NeverBegan,
            () if it.since > now => VersionState::Scheduled,
            () => VersionState::Past,
        };
        let before = place
            .checked_sub(1)
            .map(|place| &rules.versions[place].policies);
        let changes = match before {
            Some(before) => changes::between(before, &it.policies),
            None => vec!["The first rules.".to_owned()],
        };
        lines.push(VersionLine {
            version: it.version,
            since: it.since,
            state,
            changes,
        });
    }
    lines.reverse();
    lines.truncate(PolicyPage::VERSIONS);
    lines
}
