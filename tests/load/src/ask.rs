//! One connection that asks: HTTP/1.1 keep-alive, as Marqeta keeps it.

use crate::limits;
use anyhow::{Context, Result};
use base64::Engine;
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// The door that is asked.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    pub(crate) credentials: String,
}

/// A connection to it.
pub(crate) struct Line {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    authorization: String,
}

impl Door {
    /// Connects.
    pub(crate) async fn connect(&self) -> Result<Line> {
        let stream = TcpStream::connect(self.address)
            .await
            .context("connecting to the front")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let encoded = base64::engine::general_purpose::STANDARD.encode(&self.credentials);
        Ok(Line {
            sender,
            host: self.address.to_string(),
            authorization: format!("Basic {encoded}"),
        })
    }
}

impl Line {
    /// Asks for 1.00 of an account; returns the status.
    pub(crate) async fn purchase(&mut self, account: usize, number: u64, run: &str) -> Result<u16> {
        let request = Request::post("/jit")
            .header(header::HOST, &self.host)
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body(account, number, run))))?;
        let response = self.sender.send_request(request).await?;
        let status = response.status().as_u16();
        response.into_body().collect().await?;
        Ok(status)
    }
}

/// A purchase as Marqeta sends it, of usual size (reference section 3.8).
fn body(account: usize, number: u64, run: &str) -> String {
    let product = if account < limits::FIRST {
        "prod-1"
    } else {
        limits::PRODUCT
    };
    format!(
        r#"{{"type":"authorization","state":"PENDING","token":"{run}-{number}","user_token":"load-{account}","acting_user_token":"load-{account}","card_token":"load-card-{account}","card_product_token":"{product}","gpa":{{"currency_code":"USD","ledger_balance":0,"available_balance":0,"credit_balance":0,"pending_credits":0,"balances":{{"USD":{{"currency_code":"USD","ledger_balance":0,"available_balance":0,"credit_balance":0,"pending_credits":0}}}}}},"gpa_order":{{"token":"{run}-{number}-o","amount":1.0,"currency_code":"USD","state":"PENDING","transaction_token":"{run}-{number}-g","user_token":"load-{account}","funding_source_token":"**********pgfs","funding":{{"amount":1.0,"source":{{"type":"programgateway","token":"**********pgfs","active":true,"name":"Example Gateway","is_default_account":false,"created_time":"2025-01-10T09:00:00Z","last_modified_time":"2025-01-10T09:00:00Z"}}}},"jit_funding":{{"token":"{run}-{number}-j","method":"pgfs.authorization","user_token":"load-{account}","acting_user_token":"load-{account}","amount":1.0}}}},"created_time":"2026-06-03T18:20:11Z","user_transaction_time":"2026-06-03T18:20:11Z","issuer_received_time":"2026-06-03T18:20:11.204Z","settlement_date":"2026-06-03T00:00:00Z","request_amount":1.0,"amount":1.0,"currency_code":"USD","currency_conversion":{{"network":{{"original_amount":1.0,"conversion_rate":1,"original_currency_code":"840"}}}},"network":"VISA","subnetwork":"VISANET","network_reference_id":"385154182900123","acquirer_fee_amount":0,"acquirer":{{"institution_country":"840","institution_id_code":"428399","retrieval_reference_number":"515418204418","system_trace_audit_number":"204418"}},"user":{{"metadata":{{}}}},"card":{{"last_four":"4242","metadata":{{}}}},"card_acceptor":{{"mid":"000445522110","mcc":"5411","name":"CORNER GROCERY 12","street_address":"500 MAIN ST","city":"OAKLAND","state":"CA","postal_code":"94607","country_code":"USA"}},"pos":{{"pan_entry_mode":"CHIP_CONTACTLESS","pin_entry_mode":"TRUE","pin_present":false,"terminal_id":"TR100000","terminal_attendance":"ATTENDED","card_holder_presence":true,"card_presence":true,"partial_approval_capable":false,"purchase_amount_only":false,"is_recurring":false,"is_installment":false}},"fraud":{{"network":{{"transaction_risk_score":12,"account_risk_score":"03"}}}},"transaction_metadata":{{"payment_channel":"OTHER"}}}}"#
    )
}
