//! x
pub struct Engine;
impl Engine {
    pub fn new() -> Self {
        Self
    }
}
