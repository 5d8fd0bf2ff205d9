//! May be paid in this way? Only channels that the request names are checked.

use super::{CheckInfo, CheckResult, Input, Verdict, nothing_said};
use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::control::{Channel, RulesInForce};

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The way to pay",
    about: "Is every way to pay that the purchase uses open by the rules (`channels`)? The ways are \
            `ecommerce`, `contactless`, `magnetic_stripe`, `atm`, `abroad`, `recurring` and \
            `quasi_cash`; a purchase may use several. A way is used only if the request says so. A \
            purchase is `abroad` if the network says so (`cross_border_transaction`), or if its \
            country is another than the `home_country` of the rules. Asked of purchases, increments \
            and verifications without an amount.",
    refusals: &[Refusal::ChannelClosed],
    evaluate: evaluate_channel,
};

fn evaluate_channel(case: &Case<'_>) -> CheckResult {
    let rules = case
        .rules_in_force()
        .filter(|_| case.purchase.step.uses_card());
    let Some(rules) = rules else {
        return nothing_said();
    };
    let mut inputs = Vec::new();
    let mut refusal = None;
    for channel in Channel::ALL {
        let Some(open) = rules.channel_is_open(channel) else {
            continue;
        };
        if !uses_channel(case, &rules, channel, &mut inputs) {
            continue;
        }
        let word = if open.value { "open" } else { "closed" };
        let whose = open.whose.as_str();
        inputs.push((
            channel.as_str(),
            format!("{word} by the rules of the {whose}"),
        ));
        if !open.value {
            refusal = Some(Refusal::ChannelClosed);
        }
    }
    (Verdict::from(refusal), inputs)
}

fn uses_channel(
    case: &Case<'_>,
    rules: &RulesInForce<'_>,
    channel: Channel,
    inputs: &mut Vec<Input>,
) -> bool {
    let attributes = case.purchase.attributes;
    if attributes.channels.contains(channel) {
        return true;
    }
    let (Channel::Abroad, Some(country), Some(home)) =
        (channel, attributes.country, rules.home_country())
    else {
        return false;
    };
    let is_abroad = country != home.value;
    if is_abroad {
        let whose = home.whose.as_str();
        inputs.push(("country", country.to_string()));
        inputs.push((
            "home_country",
            format!("{} by the rules of the {whose}", home.value),
        ));
    }
    is_abroad
}
