//! Three spending limits on every account: a day's, a week's and a month's, never reached.

use anyhow::{Context, Result};
use holdfast_ledger::control::{
    Applies, Counts, Definition, Limit, MerchantScope, VelocityControl, Window,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::ControlToken;
use holdfast_store::Store;

/// Puts the limits; before the front is started.
pub(crate) async fn put(store: &Store) -> Result<()> {
    for window in [Window::Day, Window::Week, Window::Month] {
        let definition = Definition::Velocity(limit(window)?);
        store.put_control(&definition, "load", Moment(0)).await?;
    }
    Ok(())
}

fn limit(window: Window) -> Result<VelocityControl> {
    Ok(VelocityControl {
        token: ControlToken::parse(window.as_str())?,
        name: None,
        active: true,
        limit: Limit {
            amount: Amount::parse("100000000000000")?,
            uses: Some(2_000_000_000),
        },
        currency: Currency::parse("USD").context("no dollars")?,
        window,
        approvals_only: true,
        counts: Counts::default(),
        applies: Applies::Program,
        merchants: MerchantScope::All,
        created: Moment(0),
    })
}
