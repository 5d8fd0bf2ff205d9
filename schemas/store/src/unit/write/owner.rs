//! The columns that every row of an account begins with.

/// The account of a row.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) shard: i32,
    pub(super) account: &'a str,
}
