//! A purchase that everything speaks for, and what a test changes of it.

use crate::check::{Check, Checked};
use crate::{
    Card, Case, ControlPolicy, Decision, DecisionOutcome, Effect, Purchase, PurchaseStep, Refusal,
    decide_case,
};
use holdfast_ledger::book::{Account, AccountKind, AccountState, Plan};
use holdfast_ledger::control::{
    Applies, AuthorizationControl, Channel, ControlSet, Country, Definition, MerchantScope, Rules,
    RulesOf, TransactionAttributes, Zone,
};
use holdfast_ledger::entry::{Layer, Side, entry_pair};
use holdfast_ledger::fact::{Fact, Kind, Links, Message, Role, Source};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, ControlToken, HoldId, TransactionToken,
};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

pub(super) fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

pub(super) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

pub(super) fn of_card() -> RulesOf {
    RulesOf::Card(CardToken::parse("blue").unwrap())
}

pub(super) fn of_account() -> RulesOf {
    RulesOf::Account(AccountToken::parse("payer").unwrap())
}

/// Rules as they are written, in JSON.
pub(super) fn rules(json: &str) -> Rules {
    serde_json::from_str(json).unwrap()
}

/// A control that is in force everywhere for everybody.
pub(super) fn control(token: &str) -> AuthorizationControl {
    AuthorizationControl {
        token: ControlToken::parse(token).unwrap(),
        name: format!("The control {token}"),
        active: true,
        applies: Applies::Program,
        merchants: MerchantScope::All,
        start: None,
        end: None,
    }
}

/// A purchase of 42.10 USD at a grocery, by the card "blue" of the account "payer", which has 1,000 USD.
pub(super) struct Try {
    pub(super) step: PurchaseStep,
    pub(super) amount: Amount,
    pub(super) when: Moment,
    pub(super) mcc: Option<&'static str>,
    pub(super) mid: Option<&'static str>,
    pub(super) attributes: TransactionAttributes,
    pub(super) policy: ControlPolicy,
    pub(super) defined: Vec<Definition>,
    /// What was approved of the purchase before.
    pub(super) before: Option<Amount>,
    /// What was approved before has expired, and the request comes later.
    pub(super) expired: bool,
    /// Held beyond the amount.
    pub(super) increase: Amount,
}

impl Try {
    pub(super) fn new() -> Self {
        Self {
            step: PurchaseStep::Begins,
            amount: amount("42.10"),
            when: Moment(1_000),
            mcc: Some("5411"),
            mid: Some("000445522110"),
            attributes: TransactionAttributes::default(),
            policy: ControlPolicy::default(),
            defined: Vec::new(),
            before: None,
            expired: false,
            increase: Amount::ZERO,
        }
    }

    /// With these rules of the program.
    pub(super) fn ruled(json: &str) -> Self {
        Self::new().with(RulesOf::Program, json)
    }

    pub(super) fn with(mut self, of: RulesOf, json: &str) -> Self {
        self.defined.push(Definition::Rules(of, rules(json)));
        self
    }

    pub(super) fn by(mut self, channels: &[Channel]) -> Self {
        self.attributes.channels = channels.iter().copied().collect();
        self
    }

    pub(super) fn at(mut self, code: &str) -> Self {
        self.attributes.country = Country::parse(code);
        self
    }

    pub(super) fn step(mut self, step: PurchaseStep) -> Self {
        self.step = step;
        self
    }

    pub(super) fn denied_by(mut self, control: AuthorizationControl) -> Self {
        self.defined.push(Definition::Authorization(control));
        self
    }

    pub(super) fn exempt(mut self, control: AuthorizationControl) -> Self {
        self.defined.push(Definition::Exemption(control));
        self
    }

    pub(super) fn decide(&self) -> Decision {
        let dollars = currency("USD");
        let mut account = account(dollars);
        if let Some(before) = self.before {
            account.apply_plan(plan(&account, fact("first", None, before)));
        }
        if self.expired {
            expire_first(&mut account);
        }
        let follows = self.before.map(|_| "first");
        let mut fact = fact("t", follows, self.amount);
        fact.increase = self.increase;
        fact.created = self.expired.then_some(Moment(DAY));
        let plan = plan(&account, fact);
        let controls = self.defined.iter().cloned().collect();
        let controls = ControlSet::new(1, Zone::utc(), controls);
        let blue = CardToken::parse("blue").unwrap();
        let gold = CardProductToken::parse("gold").unwrap();
        decide_case(&Case {
            account: Some(&account),
            honors_account_transitions: true,
            card: Card::Own { active: true },
            method: "pgfs.authorization",
            effect: Effect::Books,
            currency_code: dollars.code(),
            currency: Some(dollars),
            amount: self.amount,
            spends: None,
            plan: Some(&plan),
            part: None,
            purchase: Purchase {
                step: self.step,
                when: self.when,
                card: Some(&blue),
                product: Some(&gold),
                mcc: self.mcc,
                mid: self.mid,
                attributes: &self.attributes,
            },
            controls: &controls,
            policy: self.policy,
        })
    }

    /// Why it is refused; `None` if it is approved.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        match self.decide().outcome {
            DecisionOutcome::Refused(refusal) => Some(refusal),
            DecisionOutcome::Approved | DecisionOutcome::Reduced(_) => None,
        }
    }

    /// What a check looked at, in one line: `name: value; name: value`.
    pub(super) fn inputs(&self, check: Check) -> String {
        let checks = self.decide().checks;
        let made: Option<&Checked> = checks.iter().find(|checked| checked.check == check);
        let inputs = &made.unwrap().inputs;
        let inputs: Vec<String> = inputs
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        inputs.join("; ")
    }
}

fn account(currency: Currency) -> Account {
    let token = AccountToken::parse("payer").unwrap();
    let mut account = Account::new(token, AccountState::Active, AccountKind::User);
    account.open_balance(currency);
    let money = amount("1000").credit();
    let money = entry_pair(Side::ProgramFunding, Layer::Settled, currency, money);
    account.post_entries(&money).unwrap();
    account
}

/// Ends the only hold of the account by its time.
fn expire_first(account: &mut Account) {
    let hold = account.holds.values().next().unwrap().clone();
    let deadline = hold.standing.expires.unwrap();
    let mut act = fact("expiry", None, Amount::ZERO);
    (act.source, act.kind) = (Source::Expiry, Kind::Expiry { deadline });
    let plan = account.plan_act(&hold, act).unwrap();
    account.apply_plan(plan);
}

fn fact(own: &str, of: Option<&str>, sum: Amount) -> Fact {
    let token = |text| TransactionToken::parse(text).unwrap();
    Fact {
        preceding: of.map(token),
        ..Fact::new(
            token(own),
            Source::Decision,
            of.map_or(Kind::Original, |_| Kind::Increment),
            sum,
            currency("USD"),
        )
    }
}

fn plan(account: &Account, fact: Fact) -> Plan {
    let role = match fact.kind {
        Kind::Increment => Role::FollowUp,
        _ => Role::Original,
    };
    let links = Links {
        preceding: fact.preceding.clone(),
        ..Links::new(fact.token.clone())
    };
    let id = HoldId::numbered("h-", 1);
    let message = Message { fact, links, role };
    account
        .plan(&message, &id, Policy::default(), Moment(0))
        .unwrap()
}
