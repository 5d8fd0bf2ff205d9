//! Types of money that comes in, as `money_in_transaction` lists them (reference section 9.1).

/// Families of types of money sent to the card or paid in. Refunds are none: they give a purchase's money back.
pub const MONEY_IN_FAMILIES: [&str; 3] = [
    "original.credit",
    "directdeposit.credit",
    "gpa.credit.networkload",
];

/// A type as it is compared: controls may list it in upper case with underscores.
pub(super) fn normalize_type(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', ".")
}

/// Can money that comes in have a type that begins so?
pub(super) fn begins_money_in(name: &str) -> bool {
    let wanted = normalize_type(name);
    MONEY_IN_FAMILIES.iter().any(|family| {
        let rest = family.strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            || wanted.starts_with(family)
    })
}
