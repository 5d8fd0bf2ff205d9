//! The money rules, as tables that a payments person can read and as properties over generated sets.
//!
//! `table` is the language of the tables; `books` keeps an account and checks it after every step.
//! Every table runs in the order it is written in, and then in every other order.

mod anomalies;
mod books;
mod counted;
mod covered;
mod credits;
mod debits;
mod deliveries;
mod disputes;
mod expiry;
mod facts;
mod flows;
mod fold;
mod generate;
mod joining;
mod keys;
mod limits;
mod matching;
mod mixes;
mod names;
mod orders;
mod precedence;
mod purchases;
mod reversals;
mod rules;
mod score;
mod stored;
mod table;
mod transitions;
mod uses;
mod versions;
mod windows;
