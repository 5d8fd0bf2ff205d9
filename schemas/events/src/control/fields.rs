//! The fields of controls that Marqeta publishes, and what each of them is here. A name that is in none of these lists
//! is refused: a field without a reader must not look as if it were in force.

use super::Kind;
use crate::json::FieldError;
use crate::json::Object;

/// Fields of one kind of control.
pub(super) struct FieldNames {
    /// They decide something here.
    effective: &'static [&'static str],
    /// They have no effect here: kept as given, and shown with a warning.
    pub(super) inert: &'static [&'static str],
    /// They are of responses: accepted when a response is put back, and ours are shown.
    read_only_times: &'static [&'static str],
    /// The same, objects and lists.
    read_only_parts: &'static [&'static str],
}

const TIMES: &[&str] = &["created_time", "last_modified_time"];
const WARNINGS: &str = "warnings";

const VELOCITY: FieldNames = FieldNames {
    effective: &[
        "token",
        "name",
        "active",
        "amount_limit",
        "currency_code",
        "velocity_window",
        "usage_limit",
        "approvals_only",
        "include_purchases",
        "include_withdrawals",
        "include_cashback",
        "include_credits",
        "money_in_transaction",
        "association",
        "merchant_scope",
    ],
    inert: &["include_transfers", "velocity_window_start_day"],
    read_only_times: TIMES,
    read_only_parts: &["available", WARNINGS],
};

const AUTHORIZATION: FieldNames = FieldNames {
    effective: &[
        "token",
        "name",
        "active",
        "association",
        "merchant_scope",
        "start_time",
        "end_time",
    ],
    inert: &[],
    read_only_times: TIMES,
    read_only_parts: &[WARNINGS],
};

/// Marqeta names the times of exempt MIDs differently.
const EXEMPTION: FieldNames = FieldNames {
    effective: &[
        "token",
        "name",
        "active",
        "association",
        "mid",
        "merchant_group_token",
        "merchant_scope",
        "start_time",
        "end_time",
    ],
    inert: &[],
    read_only_times: &[
        "created",
        "last_updated",
        "created_time",
        "last_modified_time",
    ],
    read_only_parts: &[WARNINGS],
};

const MCC_GROUP: FieldNames = FieldNames {
    effective: &["token", "name", "active", "mccs", "config"],
    inert: &[],
    read_only_times: TIMES,
    read_only_parts: &[WARNINGS],
};

const MERCHANT_GROUP: FieldNames = FieldNames {
    effective: &["token", "name", "active", "mids"],
    inert: &[],
    read_only_times: TIMES,
    read_only_parts: &[WARNINGS],
};

/// The fields of a kind.
pub(super) fn of_kind(kind: Kind) -> &'static FieldNames {
    match kind {
        Kind::Velocity => &VELOCITY,
        Kind::Authorization => &AUTHORIZATION,
        Kind::Exemption => &EXEMPTION,
        Kind::MccGroup => &MCC_GROUP,
        Kind::MerchantGroup => &MERCHANT_GROUP,
    }
}

/// Refuses a body with a field that is not published for its kind, or with a read-only field of another type.
pub(super) fn check_fields(kind: Kind, body: &Object<'_>) -> Result<(), FieldError> {
    let names = of_kind(kind);
    let lists = [
        names.effective,
        names.inert,
        names.read_only_times,
        names.read_only_parts,
    ];
    refuse_unknown(body, &lists.concat())?;
    for name in names.read_only_times {
        body.moment(name)?;
    }
    for name in names.read_only_parts {
        if *name == WARNINGS {
            body.texts(name)?;
        } else {
            body.object(name)?;
        }
    }
    Ok(())
}

/// Refuses an object with a field that is none of these, naming it and the nearest one.
pub(super) fn refuse_unknown(object: &Object<'_>, known: &[&str]) -> Result<(), FieldError> {
    match object.names().find(|name| !known.contains(name)) {
        Some(name) => Err(object.unknown(name, known)),
        None => Ok(()),
    }
}
