//! holdfast-front
