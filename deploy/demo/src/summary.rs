//! The summary of a run: its purchases, and whether all checks passed.

use crate::accounts::{self, DemoBalances};
use crate::audit::AuditReport;
use crate::backlog::Backlog;
use crate::screen::{Style, format_latency, group_digits};
use holdfast_simulator::{StatsSnapshot, TrafficReport};
use holdfast_store::verify::{Difference, Verification};
use std::time::Duration;

/// Details shown for one failed check.
const DETAILS_MAX: usize = 10;

/// Everything that is known at the end.
#[derive(Debug, Default)]
pub(crate) struct RunSummary {
    /// How long the run took.
    pub(crate) took: Duration,
    /// The traffic, if there was any.
    pub(crate) traffic: Option<TrafficReport>,
    /// Work that was not finished in time.
    pub(crate) backlog: Backlog,
    /// The books, recomputed.
    pub(crate) books: Verification,
    /// The topics against the journal.
    pub(crate) audit: AuditReport,
    /// The demo accounts against the network's own count; the error says why they were not compared.
    pub(crate) accounts: Option<Result<ComparedBalances, String>>,
}

/// The demo accounts against the network's own count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ComparedBalances {
    /// Balances compared.
    pub(crate) balances: usize,
    /// Where they differ.
    pub(crate) differences: Vec<String>,
}

impl ComparedBalances {
    /// Compares the balances of the accounts with the expected ones.
    pub(crate) fn new(actual: &DemoBalances, expected: &DemoBalances) -> Self {
        let mut compared = Self::default();
        for ((account, currency), expected) in expected {
            compared.balances += 1;
            let actual = actual.get(&(account.clone(), currency.clone()));
            let actual = actual.copied().unwrap_or_default();
            for (what, actual, expected) in [
                ("posted", actual.posted, expected.posted),
                ("held", actual.held, expected.held),
            ] {
                if actual != expected {
                    compared.differences.push(format!(
                        "{account} {currency} {what}: {}, the network counts {}",
                        accounts::format_amount(actual, currency),
                        accounts::format_amount(expected, currency)
                    ));
                }
            }
        }
        compared
    }
}

impl RunSummary {
    /// Whether every check passed.
    pub(crate) fn is_clean(&self) -> bool {
        let accounts = match &self.accounts {
            Some(Ok(compared)) => compared.differences.is_empty(),
            Some(Err(_)) | None => true,
        };
        self.backlog.is_empty() && self.books.is_balanced() && self.audit.is_clean() && accounts
    }

    /// Renders the summary as text.
    pub(crate) fn render(&self, style: Style) -> String {
        let mut page = SummaryPage {
            style,
            text: format!(
                "\n{}\n",
                style.bold(&format!("Summary of {} s", self.took.as_secs()))
            ),
        };
        if let Some(traffic) = &self.traffic {
            page.push_traffic(traffic);
        }
        page.push_trial_balance(&self.books);
        page.push_check_of_books(&self.books);
        page.push_check_of_audit(&self.audit);
        if let Some(accounts) = &self.accounts {
            page.push_check_of_accounts(accounts);
        }
        if !self.backlog.is_empty() {
            let Backlog {
                notifications,
                events,
            } = self.backlog;
            let what = format!(
                "{notifications} notifications were not applied and {events} events not published \
                 in time"
            );
            page.push_check(false, "backlog", &what, &[]);
        }
        page.text
    }
}

struct SummaryPage {
    style: Style,
    text: String,
}

impl SummaryPage {
    fn push_row(&mut self, name: &str, value: &str) {
        let name = self.style.dim(&format!("{name:<14}"));
        self.text.push_str(&format!("  {name}  {value}\n"));
    }

    fn push_check(&mut self, is_good: bool, name: &str, what: &str, details: &[String]) {
        let word = match is_good {
            true => self.style.success("ok"),
            false => self.style.failure("FAILED"),
        };
        let name = format!("{name:<14}");
        self.text.push_str(&format!("  {name}  {word}  {what}\n"));
        for detail in details.iter().take(DETAILS_MAX) {
            self.text.push_str(&format!("{:18}{detail}\n", ""));
        }
    }

    fn push_traffic(&mut self, report: &TrafficReport) {
        let stats = &report.stats;
        self.push_row("purchases", &format_purchases(stats));
        let mut reasons: Vec<_> = stats.declined_by_reason.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (reason, count) in reasons {
            self.push_row("", &format!("{} × {reason}", group_digits(count)));
        }
        let overall = &stats.overall;
        self.push_row(
            "responses",
            &format!(
                "p50 {}, p99 {}, slowest {}",
                format_latency(overall.p50),
                format_latency(overall.p99),
                format_latency(overall.max)
            ),
        );
        self.push_row(
            "notifications",
            &format!(
                "{} delivered, {} of them twice, {} retried",
                group_digits(stats.notifications_delivered),
                group_digits(stats.notifications_repeated),
                group_digits(stats.notifications_retried)
            ),
        );
    }

    fn push_trial_balance(&mut self, books: &Verification) {
        for (index, (currency, totals)) in books.totals.iter().enumerate() {
            let name = if index == 0 { "trial balance" } else { "" };
            let (debits, credits) = (
                totals.debits.text(*currency),
                totals.credits.text(*currency),
            );
            let row = format!(
                "{}  debits {:>16}   credits {:>16}",
                currency.code(),
                group_digits(debits),
                group_digits(credits)
            );
            self.push_row(name, &row);
        }
    }

    fn push_check_of_books(&mut self, books: &Verification) {
        let what = format!(
            "{} events, {} accounts and {} holds recomputed from the journal, {} differences",
            group_digits(books.events),
            group_digits(books.accounts),
            group_digits(books.holds),
            group_digits(
                books.unlisted + u64::try_from(books.differences.len()).unwrap_or(u64::MAX)
            ),
        );
        let details: Vec<String> = books.differences.iter().map(format_difference).collect();
        self.push_check(books.is_balanced(), "books", &what, &details);
    }

    fn push_check_of_audit(&mut self, audit: &AuditReport) {
        let wrong = audit.unlisted + u64::try_from(audit.faults.len()).unwrap_or(u64::MAX);
        let what = match wrong {
            0 => format!(
                "{} events of this run seen in the topics as committed: once, in order, no gap",
                group_digits(audit.events)
            ),
            wrong => format!(
                "{} events seen as committed, {} faults",
                group_digits(audit.events),
                group_digits(wrong)
            ),
        };
        self.push_check(audit.is_clean(), "topics", &what, &audit.faults);
    }

    fn push_check_of_accounts(&mut self, accounts: &Result<ComparedBalances, String>) {
        match accounts {
            Err(why) => self.push_row("accounts", &format!("not compared: {why}")),
            Ok(compared) => {
                let differences = &compared.differences;
                let what = format!(
                    "{} balances against what the network counted, {} differences",
                    compared.balances,
                    differences.len()
                );
                self.push_check(differences.is_empty(), "accounts", &what, differences);
            }
        }
    }
}

fn format_purchases(stats: &StatsSnapshot) -> String {
    let unanswered = stats.errors + stats.timeouts + stats.connection_failures;
    let unanswered = match unanswered {
        0 => String::new(),
        count => format!(", {} without a response", group_digits(count)),
    };
    format!(
        "{} requests, {} approved, {} declined{unanswered}",
        group_digits(stats.requests),
        group_digits(stats.approved),
        group_digits(stats.declined),
    )
}

fn format_difference(found: &Difference) -> String {
    let about = [&found.account, &found.subject].into_iter().flatten();
    let about: Vec<&str> = about.map(String::as_str).collect();
    let currency = found.currency.map_or("", |currency| currency.code());
    format!(
        "{} {} {currency}: stored {}, recomputed {}",
        found.what,
        about.join(" "),
        found.stored,
        found.recomputed
    )
}

#[cfg(test)]
mod tests;
