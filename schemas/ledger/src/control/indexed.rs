//! Entries by the subject that they are for.

use super::applies::Applies;
use crate::token::{AccountToken, CardProductToken, CardToken, ControlToken};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Who spends.
#[derive(Debug, Clone, Copy)]
pub struct ControlSubject<'a> {
    /// The account.
    pub account: &'a AccountToken,
    /// Its card.
    pub card: Option<&'a CardToken>,
    /// The card's product.
    pub product: Option<&'a CardProductToken>,
}

#[derive(Debug, Clone)]
pub(super) struct Indexed<T> {
    pub(super) all: BTreeMap<ControlToken, Arc<T>>,
    program: Vec<Arc<T>>,
    products: HashMap<CardProductToken, Vec<Arc<T>>>,
    accounts: HashMap<AccountToken, Vec<Arc<T>>>,
    cards: HashMap<CardToken, Vec<Arc<T>>>,
}

impl<T> Default for Indexed<T> {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            program: Vec::new(),
            products: HashMap::new(),
            accounts: HashMap::new(),
            cards: HashMap::new(),
        }
    }
}

impl<T> Indexed<T> {
    pub(super) fn index_by_subject(
        entries: impl Iterator<Item = (ControlToken, Applies, T)>,
    ) -> Self {
        let mut index = Self::default();
        let mut sorted: Vec<(ControlToken, Applies, T)> = entries.collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        for (token, applies, entry) in sorted {
            let entry = Arc::new(entry);
            index.all.insert(token, Arc::clone(&entry));
            match applies {
                Applies::Program => index.program.push(entry),
                Applies::Product(of) => index.products.entry(of).or_default().push(entry),
                Applies::Account(of) => index.accounts.entry(of).or_default().push(entry),
                Applies::Card(of) => index.cards.entry(of).or_default().push(entry),
            }
        }
        index
    }

    pub(super) fn for_subject<'a>(
        &'a self,
        subject: ControlSubject<'a>,
    ) -> impl Iterator<Item = &'a T> {
        let product = subject
            .product
            .and_then(|product| self.products.get(product));
        let card = subject.card.and_then(|card| self.cards.get(card));
        let narrow = [product, self.accounts.get(subject.account), card];
        let entries = self
            .program
            .iter()
            .chain(narrow.into_iter().flatten().flatten());
        entries.map(AsRef::as_ref)
    }
}
