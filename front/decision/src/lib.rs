//! holdfast-decision
