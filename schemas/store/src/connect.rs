//! The first connection: what the URL must look like, and why a connection failed.

use crate::StoreError;
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::error::Error;
use std::str::FromStr;
use std::time::Duration;

/// How long the attempt that explains a failure waits for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// Errors of Postgres about what the URL says: password, user, database.
const OF_THE_URL: [&str; 3] = ["28P01", "28000", "3D000"];

/// Reads a database URL.
///
/// # Errors
/// [`StoreError::WrongUrl`], which does not quote the URL.
pub(crate) fn read_url(url: &str) -> Result<PgConnectOptions, StoreError> {
    let form = "it must be postgres://user:password@host:port/database";
    let wrong = |cause: String| StoreError::WrongUrl(format!("{form}{cause}"));
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(wrong(String::new()));
    }
    PgConnectOptions::from_str(url).map_err(|error| wrong(format!(" ({error})")))
}

/// Turns the failure of a pool into one that names the server and the cause. The pool itself waits for a
/// server that is starting, and then only knows that it waited; so this connects once more.
pub(crate) async fn explain_failure(options: &PgConnectOptions, error: sqlx::Error) -> StoreError {
    let error = match error {
        sqlx::Error::PoolTimedOut => match connect_once(options).await {
            Some(cause) => cause,
            None => error,
        },
        error => error,
    };
    let at = render_server(options);
    let Some(refused) = error.as_database_error() else {
        return StoreError::NoConnection {
            at,
            cause: render_cause(&error),
        };
    };
    let code = refused.code();
    match code {
        Some(code) if OF_THE_URL.contains(&code.as_ref()) => {
            StoreError::WrongUrl(format!("postgres at {at} says: {}", refused.message()))
        }
        _ => error.into(),
    }
}

/// The error of one attempt; `None` when it succeeds.
async fn connect_once(options: &PgConnectOptions) -> Option<sqlx::Error> {
    match tokio::time::timeout(ANSWER_WITHIN, options.connect()).await {
        Ok(attempt) => attempt.err(),
        Err(_) => Some(sqlx::Error::PoolTimedOut),
    }
}

/// Host and port, or the socket.
fn render_server(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(path) => path.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

/// The innermost cause, which says more than the library's own sentence.
fn render_cause(error: &sqlx::Error) -> String {
    if let sqlx::Error::PoolTimedOut = error {
        return "it does not answer".to_owned();
    }
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_of_another_kind_is_refused_without_quoting_it() {
        for url in ["mysql://u:hunter2@h/d", "hunter2", "postgres://h:hunter2/d"] {
            let error = read_url(url).unwrap_err().to_string();
            assert!(
                error.starts_with(
                    "setting HOLDFAST_DATABASE_URL (--database-url) is wrong: it must be postgres://"
                ),
                "{error}"
            );
            assert!(!error.contains("hunter2"), "{error}");
        }
        assert!(read_url("postgresql://u:p@h:5433/d").is_ok());
    }
}
