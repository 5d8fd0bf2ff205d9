//! What ties messages together, and the keys under which a hold is found (design section 2, "Which hold?").

use crate::token::{DisputeToken, JitToken, NetworkToken, OrderToken, TransactionToken};
use serde::{Deserialize, Serialize};

/// A name under which a hold is found. Keys are unique within an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A JIT message of the group.
    Jit(JitToken),
    /// A transaction of the group.
    Transaction(TransactionToken),
    /// The order that all messages of the group share.
    Order(OrderToken),
    /// The dispute that all of its messages name.
    Dispute(DisputeToken),
    /// The network's chain of messages. It is found by looking through an account's recent purchases and
    /// stands in memory only: a last resort is worth no row of its own for every purchase.
    Network(NetworkToken),
}

impl Key {
    /// One letter for the kind of key, as it is stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Jit(_) => "j",
            Self::Transaction(_) => "t",
            Self::Order(_) => "o",
            Self::Dispute(_) => "d",
            Self::Network(_) => "n",
        }
    }

    /// The token itself.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Jit(token) => token.as_str(),
            Self::Transaction(token) => token.as_str(),
            Self::Order(token) => token.as_str(),
            Self::Dispute(token) => token.as_str(),
            Self::Network(token) => token.as_str(),
        }
    }

    /// Reads a stored key; `None` for a kind that this version does not know.
    #[must_use]
    pub fn from_parts(kind: &str, value: &str) -> Option<Self> {
        match kind {
            "j" => JitToken::parse(value).ok().map(Self::Jit),
            "t" => TransactionToken::parse(value).ok().map(Self::Transaction),
            "o" => OrderToken::parse(value).ok().map(Self::Order),
            "d" => DisputeToken::parse(value).ok().map(Self::Dispute),
            "n" => NetworkToken::parse(value).ok().map(Self::Network),
            _ => None,
        }
    }
}

/// May a message begin a hold of its own?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Begins a purchase, refund, credit or debit; joins only follow-ups that came before it.
    Original,
    /// Belongs to a purchase that another message began.
    FollowUp,
    /// Has a hold of its own whatever its links say: offline refunds, force captures.
    Alone,
    /// Belongs to a dispute, which has a hold of its own beside the purchase's.
    Dispute,
}

/// The tokens that a message carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// The message's own token.
    pub own: TransactionToken,
    /// Its own JIT message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jit: Option<JitToken>,
    /// The first JIT message of the group; absent on the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_jit: Option<JitToken>,
    /// The message that this one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preceding: Option<TransactionToken>,
    /// The order that the group shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderToken>,
    /// The first message of the series: a last resort that never merges anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<TransactionToken>,
    /// The dispute that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<DisputeToken>,
    /// The network's chain of messages: the very last resort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkToken>,
}

impl Links {
    /// The links of a message that carries no token but its own.
    #[must_use]
    pub fn new(own: TransactionToken) -> Self {
        Self {
            own,
            jit: None,
            original_jit: None,
            preceding: None,
            order: None,
            original: None,
            dispute: None,
            network: None,
        }
    }

    /// The keys by which a hold is looked for, strongest first.
    #[must_use]
    pub fn lookup_keys(&self, role: Role) -> Vec<Key> {
        let own = Some(Key::Transaction(self.own.clone()));
        let jit = self.jit.clone().map(Key::Jit);
        let order = self.order.clone().map(Key::Order);
        let keys = match role {
            Role::FollowUp => [
                self.original_jit.clone().map(Key::Jit),
                self.preceding.clone().map(Key::Transaction),
                own,
                jit,
                order,
            ],
            Role::Original => [own, jit, order, None, None],
            // Its own reversal may name it by either.
            Role::Alone => [own, jit, None, None, None],
            Role::Dispute => [self.dispute.clone().map(Key::Dispute), own, jit, None, None],
        };
        keys.into_iter().flatten().collect()
    }

    /// The key of last resort for a follow-up whose other keys lead nowhere.
    #[must_use]
    pub fn last_resort(&self, role: Role) -> Option<Key> {
        (role == Role::FollowUp)
            .then(|| self.original.clone().map(Key::Transaction))
            .flatten()
    }

    /// The key of the very last resort, when even that one leads nowhere.
    #[must_use]
    pub fn by_network(&self, role: Role) -> Option<Key> {
        (role == Role::FollowUp)
            .then(|| self.network.clone().map(Key::Network))
            .flatten()
    }

    /// The keys under which the hold is found from now on: those that were sought and no others, for a key
    /// that one message leaves and another does not look for would let the order of arrival show.
    #[must_use]
    pub fn registered_keys(&self, role: Role) -> Vec<Key> {
        let mut keys = self.lookup_keys(role);
        keys.sort();
        keys.dedup();
        keys
    }
}
