//! What people see as one sign, as the browser's own segmenter tells it: the tables are heavy.

use js_sys::{Array, Function, Object, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};

/// How many signs a text has. Where nobody can tell, its characters.
pub fn graphemes(text: &str) -> usize {
    if cfg!(target_arch = "wasm32") {
        segmented(text).unwrap_or_else(|_| text.chars().count())
    } else {
        // Drawn on the server the page only shows a beginning; what is sent is counted by Unicode's
        // rules there.
        text.chars().count()
    }
}

fn segmented(text: &str) -> Result<usize, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let maker: Function = Reflect::get(&intl, &"Segmenter".into())?.dyn_into()?;
    let segmenter: Object = Reflect::construct(&maker, &Array::new())?.dyn_into()?;
    let segment: Function = Reflect::get(&segmenter, &"segment".into())?.dyn_into()?;
    let segments = segment.call1(&segmenter, &text.into())?;
    Ok(Array::from(&segments).length() as usize)
}
