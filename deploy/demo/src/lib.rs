//! What `holdfast up` plays on a running system, and how it audits the result.
//!
//! [`Session`] runs from the first purchase to the last check. It opens the demo accounts, starts the
//! simulated traffic and the top-ups of the accounts, and shows the figures on the [`Screen`]. The
//! [`Audit`] follows the topics meanwhile. At the end the session waits until the backlog is empty,
//! recomputes the books and prints a summary.

mod accounts;
mod api;
mod audit;
mod backlog;
mod error;
mod figures;
mod screen;
mod session;
mod summary;
mod top_up;
mod traffic;

pub use accounts::YOUR_ACCOUNT;
pub use api::{ApiClient, ApiError};
pub use audit::Audit;
pub use error::DemoError;
pub use screen::{Screen, Style};
pub use session::Session;
pub use traffic::TrafficSettings;
