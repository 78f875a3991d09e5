//! Settings: rules with versions, and what a change of them would do.
//!
//! Forms travel as the query of an address, which is what a draft is; what changes something is
//! posted as an ordinary form, so that it works without JavaScript, and leads back to its page.

use super::{AppError, TextJson};
use crate::domain::{
    forms::Form,
    settings::{
        PlainSection, PolicySection,
        plain::{PlainPage, PlainPreview},
        policies::{PolicyPage, PolicyPreview},
    },
};
use leptos::{prelude::*, server_fn::codec::Post};

/// A page of a brand's rules; `search` is the page's query.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_policies(section: PolicySection, search: String) -> Result<PolicyPage, AppError> {
    use crate::backend::{services::settings, web::guard};
    use crate::domain::right::Action::ManagePolicies;
    let (ctx, viewer) = guard::may(ManagePolicies)?;
    let form = settings::fields(&search);
    guard::answer(settings::policies::page(&ctx, &viewer, section, &form).await)
}

/// What a form would do; `draft` is the form as a query.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn preview_policies(
    section: PolicySection,
    draft: String,
) -> Result<PolicyPreview, AppError> {
    use crate::backend::{services::settings, web::guard};
    use crate::domain::right::Action::ManagePolicies;
    let (ctx, viewer) = guard::may(ManagePolicies)?;
    let form = settings::fields(&draft);
    guard::answer(settings::policies::preview(&ctx, &viewer, section, &form).await)
}

/// Puts the ticked holidays of a file into a brand's calendar, and goes back to its page.
#[server]
pub async fn choose_holidays(#[server(flatten)] form: Form) -> Result<(), AppError> {
    use crate::backend::{
        services::settings::{holidays, policies},
        web::guard,
    };
    use crate::domain::right::Action::ManagePolicies;
    let (ctx, viewer) = guard::may(ManagePolicies)?;
    let changed = guard::answer(holidays::choose(&ctx, &viewer, &form).await)?;
    guard::go_to(&policies::address_after(
        PolicySection::Calendar,
        &form,
        &changed,
    ));
    Ok(())
}

/// Makes a new version of a brand's rules, and goes back to their page.
#[server]
pub async fn change_policies(
    section: PolicySection,
    #[server(flatten)] form: Form,
) -> Result<(), AppError> {
    use crate::backend::{services::settings::policies, web::guard};
    use crate::domain::right::Action::ManagePolicies;
    let (ctx, viewer) = guard::may(ManagePolicies)?;
    let changed = guard::answer(policies::change(&ctx, &viewer, section, &form).await)?;
    guard::go_to(&policies::address_after(section, &form, &changed));
    Ok(())
}

/// A page of settings without versions; `search` is the page's query.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_settings(section: PlainSection, search: String) -> Result<PlainPage, AppError> {
    use crate::backend::{services::settings, web::guard};
    let (ctx, viewer) = guard::may(section.action())?;
    let form = settings::fields(&search);
    guard::answer(settings::plain::page(&ctx, &viewer, section, &form).await)
}

/// What a form of settings would do; `draft` is the form as a query.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn preview_settings(
    section: PlainSection,
    draft: String,
) -> Result<PlainPreview, AppError> {
    use crate::backend::{services::settings, web::guard};
    let (ctx, viewer) = guard::may(section.action())?;
    let form = settings::fields(&draft);
    guard::answer(settings::plain::preview(&ctx, &viewer, section, &form).await)
}

/// Changes settings, and goes back to their page.
#[server]
pub async fn change_settings(
    section: PlainSection,
    #[server(flatten)] form: Form,
) -> Result<(), AppError> {
    use crate::backend::{services::settings::plain, web::guard};
    let (ctx, viewer) = guard::may(section.action())?;
    let changed = guard::answer(plain::change(&ctx, &viewer, section, &form).await)?;
    guard::go_to(&plain::address_after(section, &form, &changed));
    Ok(())
}
