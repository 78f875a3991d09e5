//! People, teams and the sections of settings.

use super::{AppError, TextJson};
use crate::domain::{
    ids::PersonId,
    people::{PeoplePage, PersonPage, TeamsPage},
};
use leptos::{prelude::*, server_fn::codec::Post};

/// Everybody, and what can be chosen for them.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_people() -> Result<PeoplePage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ManagePeople)?;
    let mut page = guard::answer(services::people::page(&ctx, &viewer).await)?;
    page.outcome = guard::outcome();
    Ok(page)
}

/// One person, and what can be chosen for them.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_person(id: PersonId) -> Result<PersonPage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ManagePeople)?;
    let mut page = guard::answer(services::people::one(&ctx, &viewer, id).await)?;
    page.outcome = guard::outcome();
    Ok(page)
}

/// Every team with its people.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_teams() -> Result<TeamsPage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, _) = guard::may(Action::ManageTeams)?;
    let mut page = guard::answer(services::teams::page(&ctx).await)?;
    page.outcome = guard::outcome();
    Ok(page)
}

/// The actions by which the sections of settings are shown to whoever asks, as words.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_sections() -> Result<Vec<String>, AppError> {
    use crate::backend::web::guard;
    use crate::domain::right::{Action, allows};
    let (_, viewer) = guard::may(Action::OwnAccount)?;
    let open = Action::ALL.iter().filter(|it| allows(&viewer, **it));
    Ok(open.map(|it| it.as_str().to_owned()).collect())
}
