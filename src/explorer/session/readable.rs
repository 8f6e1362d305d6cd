//! Parts of a session that a person can make again: one that this version cannot read costs no session.

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer};

/// Such a part; the default where it cannot be read.
pub(super) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let stored = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(stored).unwrap_or_default())
}
