//! What operators do, and to what.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$item])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word that is stored and shown.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The one of this word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}

words! {
    /// What an operator did.
    AuditAction {
        /// It did not exist before.
        Created = "created",
        /// It existed, and is another now.
        Changed = "changed",
        /// It is gone.
        Deleted = "deleted",
        /// Money of the program was moved to or from an account.
        Transferred = "transferred",
        /// A balance was adjusted.
        Adjusted = "adjusted",
        /// A debt was written off.
        WrittenOff = "written_off",
        /// A hold was released.
        Released = "released",
        /// A force capture was matched to a purchase.
        Matched = "matched",
        /// A match was undone.
        Unmatched = "unmatched",
        /// An alert was reviewed.
        Acknowledged = "acknowledged",
        /// A dead letter was replayed.
        Replayed = "replayed",
    }
}

words! {
    /// What an operator changed.
    AuditObject {
        /// An account, or its balance.
        Account = "account",
        /// A card.
        Card = "card",
        /// A hold.
        Hold = "hold",
        /// A velocity control.
        VelocityControl = "velocity_control",
        /// An authorization control.
        AuthorizationControl = "authorization_control",
        /// A merchant that is exempt from authorization controls.
        ExemptMid = "exempt_mid",
        /// A group of merchant categories.
        MccGroup = "mcc_group",
        /// A group of merchants.
        MerchantGroup = "merchant_group",
        /// The spend rules of the program, an account or a card.
        Rules = "rules",
        /// The program's settings.
        Settings = "settings",
        /// An alert.
        Alert = "alert",
        /// A dead letter.
        DeadLetter = "dead_letter",
    }
}
