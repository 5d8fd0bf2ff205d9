//! The front from the outside: each line of the interface's section 3, against a real Postgres.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod actionable;
mod amounts;
mod answers;
mod avs;
mod away;
mod batches;
mod bodies;
mod budget;
mod business;
mod card_transitions;
mod concurrency;
mod credentials;
mod currencies;
mod envelopes;
mod fields;
mod intake;
mod late;
mod limits;
mod matching;
mod notified;
mod overload;
mod parked;
mod partial;
mod reasons;
mod released;
mod repeats;
mod routes;
mod scene;
mod settings;
mod signatures;
mod simulated;
mod statements;
mod traps;
mod vendor_samples;
mod write_offs;
