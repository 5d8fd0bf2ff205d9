//! The API against a real Postgres, one test for each promise of interface section 4.

mod access;
mod accounts;
mod cards;
mod desk;
mod holds;
mod records;
mod transfers;
mod write_offs;
