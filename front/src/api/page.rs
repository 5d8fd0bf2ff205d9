//! Pages of lists, each with the cursor of the next one.

use super::error::ApiError;
use super::response::ApiResponse;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A page of a list: its lines under the list's name, and where the next page begins.
struct RenderedPage<V, C> {
    name: &'static str,
    lines: Vec<V>,
    cursor: Option<C>,
}

impl<V: Serialize, C: Serialize> Serialize for RenderedPage<V, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_map(Some(2))?;
        page.serialize_entry(self.name, &self.lines)?;
        page.serialize_entry("cursor", &self.cursor)?;
        page.end()
    }
}

/// Renders a page of at most `limit` lines. `lines` has one line more than that if there is a next page. Lines
/// without a view are left out.
pub(super) fn render_page<T, C: Serialize, V: Serialize>(
    (name, limit): (&'static str, u32),
    mut lines: Vec<T>,
    cursor: impl FnOnce(&T) -> C,
    view: impl FnMut(T) -> Option<V>,
) -> Result<ApiResponse, ApiError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_next = lines.len() > limit;
    lines.truncate(limit);
    let cursor = lines.last().filter(|_| has_next).map(cursor);
    let lines = lines.into_iter().filter_map(view).collect();
    ApiResponse::ok(&RenderedPage {
        name,
        lines,
        cursor,
    })
}
