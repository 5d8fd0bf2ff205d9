//! What the run came to: what was bought, and whether everything agrees.

use super::audit::AuditReport;
use super::demo::{self, Books};
use super::screen::{Ink, grouped, latency};
use super::settle::Owed;
use holdfast_simulator::{StatsSnapshot, TrafficReport};
use holdfast_store::verify::{Difference, Verification};
use std::time::Duration;

/// Lines shown of what is wrong with one thing.
const SHOWN: usize = 10;

/// Everything that is known at the end.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// How long it was used.
    pub(super) took: Duration,
    /// The traffic, if there was any.
    pub(super) traffic: Option<TrafficReport>,
    /// What was still owed when it was stopped.
    pub(super) owed: Owed,
    /// The books, recomputed.
    pub(super) books: Verification,
    /// The topics against the journal.
    pub(super) audit: AuditReport,
    /// The demo accounts against the network's own count; why not, if they could not be compared.
    pub(super) accounts: Option<Result<Compared, String>>,
}

/// The demo accounts against the network's own count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Compared {
    /// Balances compared.
    pub(super) balances: usize,
    /// Where they differ.
    pub(super) differences: Vec<String>,
}

impl Compared {
    /// Compares what the accounts have with what they should have.
    pub(super) fn new(have: &Books, should: &Books) -> Self {
        let mut compared = Self::default();
        for ((account, currency), should) in should {
            compared.balances += 1;
            let have = have.get(&(account.clone(), currency.clone()));
            let have = have.copied().unwrap_or_default();
            for (what, have, should) in [
                ("posted", have.posted, should.posted),
                ("held", have.held, should.held),
            ] {
                if have != should {
                    compared.differences.push(format!(
                        "{account} {currency} {what}: {}, the network counts {}",
                        demo::text(have, currency),
                        demo::text(should, currency)
                    ));
                }
            }
        }
        compared
    }
}

impl Summary {
    /// Does everything agree?
    pub(super) fn is_clean(&self) -> bool {
        let accounts = match &self.accounts {
            Some(Ok(compared)) => compared.differences.is_empty(),
            Some(Err(_)) | None => true,
        };
        self.owed.is_nothing() && self.books.is_balanced() && self.audit.is_clean() && accounts
    }

    /// The summary as text.
    pub(super) fn text(&self, ink: Ink) -> String {
        let mut page = Page {
            ink,
            text: format!(
                "\n{}\n",
                ink.bold(&format!("Summary of {} s", self.took.as_secs()))
            ),
        };
        if let Some(traffic) = &self.traffic {
            page.traffic(traffic);
        }
        page.trial_balance(&self.books);
        page.verdict_books(&self.books);
        page.verdict_audit(&self.audit);
        if let Some(accounts) = &self.accounts {
            page.verdict_accounts(accounts);
        }
        if !self.owed.is_nothing() {
            let Owed {
                notifications,
                events,
            } = self.owed;
            let what = format!(
                "{notifications} notifications were not applied and {events} events not published \
                 in time"
            );
            page.verdict(false, "settled", &what, &[]);
        }
        page.text
    }
}

struct Page {
    ink: Ink,
    text: String,
}

impl Page {
    fn row(&mut self, name: &str, value: &str) {
        let name = self.ink.dim(&format!("{name:<14}"));
        self.text.push_str(&format!("  {name}  {value}\n"));
    }

    fn verdict(&mut self, is_good: bool, name: &str, what: &str, details: &[String]) {
        let word = match is_good {
            true => self.ink.good("ok"),
            false => self.ink.bad("FAILED"),
        };
        let name = format!("{name:<14}");
        self.text.push_str(&format!("  {name}  {word}  {what}\n"));
        for detail in details.iter().take(SHOWN) {
            self.text.push_str(&format!("{:18}{detail}\n", ""));
        }
    }

    fn traffic(&mut self, report: &TrafficReport) {
        let stats = &report.stats;
        self.row("purchases", &purchases(stats));
        let mut reasons: Vec<_> = stats.declined_by_reason.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (reason, count) in reasons {
            self.row("", &format!("{} × {reason}", grouped(count)));
        }
        let overall = &stats.overall;
        self.row(
            "answers",
            &format!(
                "p50 {}, p99 {}, slowest {}",
                latency(overall.p50),
                latency(overall.p99),
                latency(overall.max)
            ),
        );
        self.row(
            "notifications",
            &format!(
                "{} delivered, {} of them twice, {} tried again",
                grouped(stats.notifications_delivered),
                grouped(stats.notifications_repeated),
                grouped(stats.notifications_retried)
            ),
        );
    }

    fn trial_balance(&mut self, books: &Verification) {
        for (index, (currency, totals)) in books.totals.iter().enumerate() {
            let name = if index == 0 { "trial balance" } else { "" };
            let (debits, credits) = (
                totals.debits.text(*currency),
                totals.credits.text(*currency),
            );
            let row = format!(
                "{}  debits {:>16}   credits {:>16}",
                currency.code(),
                grouped(debits),
                grouped(credits)
            );
            self.row(name, &row);
        }
    }

    fn verdict_books(&mut self, books: &Verification) {
        let what = format!(
            "{} events, {} accounts and {} holds recomputed from the journal, {} differences",
            grouped(books.events),
            grouped(books.accounts),
            grouped(books.holds),
            grouped(books.unlisted + u64::try_from(books.differences.len()).unwrap_or(u64::MAX)),
        );
        let details: Vec<String> = books.differences.iter().map(difference).collect();
        self.verdict(books.is_balanced(), "books", &what, &details);
    }

    fn verdict_audit(&mut self, audit: &AuditReport) {
        let wrong = audit.unlisted + u64::try_from(audit.faults.len()).unwrap_or(u64::MAX);
        let what = match wrong {
            0 => format!(
                "{} events of this run seen in the topics as committed: once, in order, no gap",
                grouped(audit.events)
            ),
            wrong => format!(
                "{} events seen as committed, {} faults",
                grouped(audit.events),
                grouped(wrong)
            ),
        };
        self.verdict(audit.is_clean(), "topics", &what, &audit.faults);
    }

    fn verdict_accounts(&mut self, accounts: &Result<Compared, String>) {
        match accounts {
            Err(why) => self.row("accounts", &format!("not compared: {why}")),
            Ok(compared) => {
                let differences = &compared.differences;
                let what = format!(
                    "{} balances against what the network counted, {} differences",
                    compared.balances,
                    differences.len()
                );
                self.verdict(differences.is_empty(), "accounts", &what, differences);
            }
        }
    }
}

fn purchases(stats: &StatsSnapshot) -> String {
    let unanswered = stats.errors + stats.timeouts + stats.connection_failures;
    let unanswered = match unanswered {
        0 => String::new(),
        count => format!(", {} not answered", grouped(count)),
    };
    format!(
        "{} asked, {} approved, {} declined{unanswered}",
        grouped(stats.asked),
        grouped(stats.approved),
        grouped(stats.declined),
    )
}

fn difference(found: &Difference) -> String {
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
