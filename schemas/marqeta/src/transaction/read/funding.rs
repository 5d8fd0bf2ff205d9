//! Where the order and its JIT block stand in a transaction.

use super::{Purpose, Reader};
use crate::transaction::Flow;
use holdfast_events::json::{FieldError, Object};

/// The order and its JIT block, wherever they stand.
#[derive(Default)]
pub(super) struct Funding<'a> {
    pub(super) flow: Option<Flow>,
    pub(super) order: Option<Object<'a>>,
    pub(super) jit: Option<Object<'a>>,
    pub(super) gateway_log: Option<Object<'a>>,
}

impl Reader {
    /// The first order with a JIT block, else the first order. A request without a JIT block is none.
    pub(super) fn funding<'a>(&mut self, top: &Object<'a>) -> Funding<'a> {
        let (mut found, mut nearest) = (Funding::default(), Flow::Load);
        for flow in [Flow::Load, Flow::Unload] {
            if self.is_request() && found.jit.is_some() {
                break;
            }
            let Some(order) = self.keep(top.object(flow.field())) else {
                continue;
            };
            nearest = flow;
            let next = self.order(flow, order);
            if found.order.is_none() || (found.jit.is_none() && next.jit.is_some()) {
                found = next;
            }
        }
        if self.is_request() && self.faults.is_empty() && found.jit.is_none() {
            self.faults.push(FieldError::Missing {
                path: format!("{}.jit_funding", nearest.field()),
            });
        }
        found
    }

    /// The JIT block stands in the order; one official sample of a notification has it in the order's `funding`.
    fn order<'a>(&mut self, flow: Flow, order: Object<'a>) -> Funding<'a> {
        let mut jit = self.keep(order.object("jit_funding"));
        let mut gateway_log = None;
        if self.purpose == Purpose::Notification {
            let funding = order.object("funding").unwrap_or_default();
            if let (None, Some(funding)) = (&jit, &funding) {
                jit = self.keep(funding.object("jit_funding"));
            }
            let log = |object: &Object<'a>| object.object("gateway_log").unwrap_or_default();
            gateway_log = funding.as_ref().and_then(log).or_else(|| log(&order));
        }
        Funding {
            flow: Some(flow),
            order: Some(order),
            jit,
            gateway_log,
        }
    }
}
