//! Three spending limits on every account, or none.

use anyhow::{Context, Result};
use holdfast_ledger::control::{
    Applies, Counts, Definition, Limit, MerchantScope, VelocityControl, Window,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::ControlToken;
use holdfast_store::Store;
use std::time::Duration;

/// Fronts look for changes twice a second.
const IN_FORCE: Duration = Duration::from_millis(1_500);

/// Puts the limits in force, or takes them away; nothing is sent where they are as they should be.
pub(crate) async fn set(store: &Store, wanted: bool) -> Result<()> {
    let there = !store.controls_of(Some("velocity")).await?.is_empty();
    if there == wanted {
        return Ok(());
    }
    for window in [Window::Day, Window::Week, Window::Month] {
        let control = limit(window)?;
        if wanted {
            let definition = Definition::Velocity(control);
            store.put_control(&definition, "load", Moment(0)).await?;
        } else {
            let token = control.token.as_str().to_owned();
            store
                .delete_control("velocity", &token, "load", Moment(0))
                .await?;
        }
    }
    tokio::time::sleep(IN_FORCE).await;
    Ok(())
}

fn limit(window: Window) -> Result<VelocityControl> {
    Ok(VelocityControl {
        token: ControlToken::parse(window.as_str())?,
        name: None,
        active: true,
        limit: Limit {
            amount: Amount::parse("100000000000")?,
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
