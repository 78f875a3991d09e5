//! Sundown, a self-hosted command centre for customer care in public.
//!
//! The crate is compiled twice: with `ssr` for the server and with `hydrate` for the browser.
//! Everything that may not reach the browser lives in [`backend`], behind the one gate below, so
//! that nothing else needs to ask where it runs.

pub mod app;
#[cfg(feature = "ssr")]
pub mod backend;
pub mod domain;
pub mod server_fns;
pub mod ui;

/// Takes over the page that the server has sent. The loader in the page calls it by this name.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    // Words for a panic cost a kilobyte of every first load; whoever develops has them.
    if cfg!(debug_assertions) {
        console_error_panic_hook::set_once();
    }
    let document = leptos::prelude::document();
    let Some(body) = document.body() else { return };
    // Waits until a lazy room has its code: `hydrate_body` would panic when such a room is opened
    // directly, and `hydrate_lazy` does the same as this but does not say when it is done.
    leptos::mount::hydrate_from_async(body, app::App)
        .await
        .forget();
    if let Some(root) = document.document_element() {
        // Tells tests and styles that the page now answers by itself. It could only fail for a
        // malformed name.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
