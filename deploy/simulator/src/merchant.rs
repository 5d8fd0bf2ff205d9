//! Invented merchants, a few of each trade.

/// A line of business; it decides the merchant category and the story's amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trade {
    /// Food and household.
    Grocery,
    /// Tips are added later.
    Restaurant,
    /// Authorized before the final amount is known.
    Fuel,
    /// Increments are added during a stay.
    Hotel,
    /// Ships and clears in several parts.
    Online,
}

/// One merchant.
#[derive(Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Name in ordinary case; messages carry it in capitals.
    pub name: &'static str,
    /// Merchant category code.
    pub mcc: &'static str,
    /// Merchant id.
    pub mid: &'static str,
    /// City.
    pub city: &'static str,
    /// State.
    pub state: &'static str,
    /// Postal code.
    pub postal_code: &'static str,
    /// The terminal accepts a partial approval (fuel dispensers do).
    pub partial_approval: bool,
}

const fn merchant(name: &'static str, mcc: &'static str, mid: &'static str) -> Merchant {
    Merchant {
        name,
        mcc,
        mid,
        city: "",
        state: "",
        postal_code: "",
        partial_approval: matches!(mcc.as_bytes(), b"5542"),
    }
}

impl Merchant {
    const fn located_in(
        mut self,
        city: &'static str,
        state: &'static str,
        postal_code: &'static str,
    ) -> Self {
        self.city = city;
        self.state = state;
        self.postal_code = postal_code;
        self
    }
}

static GROCERIES: [Merchant; 3] = [
    merchant("Corner Grocery 12", "5411", "000445522110").located_in("OAKLAND", "CA", "94607"),
    merchant("Green Basket", "5411", "000445522207").located_in("PORTLAND", "OR", "97205"),
    merchant("Daily Bread Bakery", "5462", "000445522311").located_in("AUSTIN", "TX", "78701"),
];
static RESTAURANTS: [Merchant; 3] = [
    merchant("Blue Lamp Bistro", "5812", "000552200118").located_in("CHICAGO", "IL", "60607"),
    merchant("Noodle Yard", "5812", "000552200225").located_in("SEATTLE", "WA", "98104"),
    merchant("Cafe Meridian", "5814", "000552200332").located_in("DENVER", "CO", "80202"),
];
static PUMPS: [Merchant; 2] = [
    merchant("Quick Fuel 41", "5542", "000661100041").located_in("FRESNO", "CA", "93721"),
    merchant("Interstate Gas", "5542", "000661100177").located_in("RENO", "NV", "89501"),
];
static HOTELS: [Merchant; 2] = [
    merchant("Bayview Hotel", "7011", "000912345678").located_in("SEATTLE", "WA", "98101"),
    merchant("Harbor Inn", "7011", "000912345790").located_in("BOSTON", "MA", "02110"),
];
static SHOPS: [Merchant; 3] = [
    merchant("Harbor Street Books", "5942", "000773300101").located_in("NEW YORK", "NY", "10001"),
    merchant("Northern Outfitters", "5651", "000773300202").located_in("DULUTH", "MN", "55802"),
    merchant("Gadget Row", "5732", "000773300303").located_in("SAN JOSE", "CA", "95110"),
];

impl Trade {
    /// The merchants of the trade; never empty.
    pub fn merchants(self) -> &'static [Merchant] {
        match self {
            Self::Grocery => &GROCERIES,
            Self::Restaurant => &RESTAURANTS,
            Self::Fuel => &PUMPS,
            Self::Hotel => &HOTELS,
            Self::Online => &SHOPS,
        }
    }
}
