//! The API against a real Postgres, one test for each promise of interface section 4.

mod access;
mod accounts;
mod alerts;
mod audit;
mod audited_paths;
mod available;
mod cards;
mod controls;
pub(super) mod fixture;
mod given_fields;
mod given_values;
mod holds;
mod match_attempts;
mod matching;
mod pages;
mod records;
mod rules;
mod search;
mod simulate;
mod transfers;
mod write_offs;
