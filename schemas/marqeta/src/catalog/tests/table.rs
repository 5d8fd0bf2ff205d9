//! The table itself.

use crate::catalog::{Pattern, find_method, find_type, is_known_method, methods, types};
use std::collections::BTreeSet;

#[test]
fn no_name_is_in_the_table_twice_and_each_finds_its_own_row() {
    let names: Vec<_> = types().map(|entry| entry.pattern.to_string()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for entry in types() {
        if let Pattern::Exact(name) = entry.pattern {
            assert_eq!(find_type(name), Some(entry), "{name}");
        }
    }
    let methods: Vec<_> = methods().map(|method| method.name).collect();
    assert_eq!(methods.iter().collect::<BTreeSet<_>>().len(), methods.len());
    assert!(
        methods
            .iter()
            .all(|name| find_method(name).is_some() && is_known_method(name))
    );
}

#[test]
fn every_type_of_the_reference_is_in_the_table() {
    for name in "authorization authorization.incremental authorization.cashback authorization.atm.withdrawal \
        authorization.quasi.cash authorization.standin account.funding.authorization pindebit.authorization \
        authorization.advice authorization.reversal authorization.reversal.issuerexpiration \
        pindebit.authorization.reversal pindebit.authorization.reversal.issuerexpiration \
        account.funding.authorization.reversal authorization.clearing authorization.clearing.cashback \
        authorization.clearing.atm.withdrawal authorization.clearing.quasi.cash \
        account.funding.authorization.clearing pindebit.authorization.clearing pindebit pindebit.cashback \
        pindebit.atm.withdrawal pindebit.quasi.cash pindebit.transfer account.funding.auth_plus_capture \
        fee.charge fee.collection.debit pindebit.debit.adjustment pindebit.reversal \
        account.funding.auth_plus_capture.reversal refund refund.authorization.clearing pindebit.refund \
        original.credit.authorization.clearing original.credit.auth_plus_capture pindebit.credit.adjustment \
        fee.collection.credit directdeposit.credit gpa.credit.networkload refund.authorization \
        original.credit.authorization directdeposit.credit.pending refund.authorization.reversal \
        original.credit.authorization.reversal original.credit.auth_plus_capture.reversal \
        pindebit.refund.reversal directdeposit.credit.reversal balanceinquiry pindebit.balanceinquiry \
        pindebit.checkavs product.inquiry token.provisioned pin.change pin.change.declined gpa.credit \
        gpa.credit.authorization gpa.credit.authorization.reversal gpa.credit.reversal gpa.debit \
        gpa.debit.reversal authorization.clearing.chargeback.representment pindebit.chargeback.writeoff \
        dispute.credit dispute.debit chargeback.pfs.pending.debit"
        .split_whitespace()
    {
        assert!(find_type(name).is_some(), "{name}");
    }
}
