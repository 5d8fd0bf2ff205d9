//! holdfast-wire
