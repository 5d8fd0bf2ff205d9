//! Marqeta's published list of transaction types is read, and each is looked up in the table. The list stays
//! where it is, beside the vendor's samples: `HOLDFAST_VENDOR_SAMPLES`.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

use holdfast_marqeta::catalog::find_type;
use std::path::PathBuf;

const WHERE: &str = "HOLDFAST_VENDOR_SAMPLES";

/// Marqeta's own word for a type that it does not know either: a person should look at it.
const EXCEPT: &str = "unknown";

/// Types that are published elsewhere: in older lists of Marqeta's clients.
const OLDER: &str = "authorization.clearing.l2l3 authorization.clearing.network.fee \
    authorization.clearing.representment address.verification zero.clearing chargeback.pfs.credit \
    chargeback.pfs.debit chargeback.pfs.pending.debit pindebit.financial.deposit pindebit.representment \
    gpa.debit.networkload.clearing gpa.debit.networkload.reversal gpa.debit.ach gpa.credit.ach.pending \
    msa.credit msa.debit.pending.reversal pushtocard.debit pushtocard.pending pushtocard.reversal \
    billpay.pending billpay.jit.complete billpayment billpayment.clearing billpayment.reversal \
    ach.early.funds ach.jit.push.returned check.return.debit.reversal check.clearing.debit \
    pullfromcard.push.visa accountfunding.pull.chargeback written.off.marqeta escheatment.debit.clearing \
    credit.adjustment debit.adjustment account.transfer.reversal deposit.network.sweep interest.posting \
    receivables.sale.adjustment fee.charge.refund";

/// The enumerations of `type` that name transactions, in every document of the vendor.
fn published() -> Option<Vec<String>> {
    let Some(samples) = std::env::var_os(WHERE).map(PathBuf::from) else {
        println!("skipped: {WHERE} is not set");
        return None;
    };
    let folder = samples.parent()?.join("openapi");
    let mut names = Vec::new();
    for document in ["CoreAPI-3.0.40.yaml", "Simulations.yaml"] {
        let text = std::fs::read_to_string(folder.join(document)).unwrap();
        let lists = text.split("enum:\n").skip(1).map(items);
        names.extend(lists.filter(|list| is_of_types(list)).flatten());
    }
    Some(names)
}

/// The items of a YAML list at the beginning of a text.
fn items(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    let items = lines.map_while(|line| line.strip_prefix("- "));
    items.map(str::to_owned).collect()
}

/// Other lists name a few of them beside entries of Marqeta's credit accounts.
fn is_of_types(list: &[String]) -> bool {
    let has = |wanted: &str| list.iter().any(|name| name == wanted);
    has("authorization.clearing") && has("pindebit") && has("gpa.credit.issueroperator")
}

fn missing<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    names
        .filter(|name| *name != EXCEPT && find_type(name).is_none())
        .collect()
}

#[test]
fn every_published_type_is_in_the_table() {
    let Some(names) = published() else { return };
    assert!(names.len() > 200, "only {} names", names.len());
    let names = names.iter().map(String::as_str);
    assert_eq!(missing(names), Vec::<&str>::new());
}

#[test]
fn every_type_of_older_lists_is_in_the_table() {
    assert_eq!(missing(OLDER.split_whitespace()), Vec::<&str>::new());
}

#[test]
fn a_type_that_is_missing_is_found() {
    assert_eq!(
        missing(["pindebit", "brand.new"].into_iter()),
        ["brand.new"]
    );
}
