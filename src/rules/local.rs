//! Which hosts stay on this machine or this private network. Names come from `local.toml`; addresses are arithmetic.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::Deserialize;

/// Names of hosts that are local by convention or reservation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalNames {
    /// Whole host names.
    #[serde(default)]
    pub exact: Vec<String>,
    /// Suffixes, each starting with a dot.
    #[serde(default)]
    pub suffix: Vec<String>,
    /// Suffixes of names that spell out an address, which decides.
    #[serde(default)]
    pub embedded_address: Vec<String>,
    /// Whether a name without a dot is a service of the same network.
    #[serde(default)]
    pub single_label: bool,
    /// Hosts that look local, and of which the policy says that they hand requests on.
    #[serde(skip)]
    pub elsewhere: Vec<String>,
}

impl LocalNames {
    /// Whether `host` (without port; IPv6 with or without brackets) is local.
    pub fn contains(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if self.elsewhere.iter().any(|name| name == bare) {
            return false;
        }
        if let Ok(address) = bare.parse::<IpAddr>() {
            return is_private(address);
        }
        if bare.is_empty() || bare.contains(['{', '}', '*', '/', ':', '@', ' ', '$']) {
            return false;
        }
        if let Some(rest) = self.embedded_address.iter().find_map(|suffix| bare.strip_suffix(suffix.as_str()))
        {
            return embedded(rest).is_some_and(|address| is_private(IpAddr::V4(address)));
        }
        self.exact.iter().any(|name| name == bare)
            || self.suffix.iter().any(|suffix| bare.ends_with(suffix.as_str()) && bare.len() > suffix.len())
            || (self.single_label && !bare.contains('.') && is_label(bare))
    }
}

fn is_label(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !name.chars().all(|c| c.is_ascii_digit())
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_private_v6(v6), is_private_v4),
    }
}

fn is_private_v4(v4: Ipv4Addr) -> bool {
    let [a, b, ..] = v4.octets();
    let shared_space = a == 100 && (64..128).contains(&b);
    v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified() || shared_space
}

fn is_private_v6(v6: Ipv6Addr) -> bool {
    v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local()
}

/// The address at the end of `app.10.0.0.1` or `app-10-0-0-1`.
fn embedded(name: &str) -> Option<Ipv4Addr> {
    let numbers: Vec<u8> = name.rsplit(['.', '-']).map_while(|part| part.parse().ok()).take(4).collect();
    match numbers[..] {
        [d, c, b, a] => Some(Ipv4Addr::new(a, b, c, d)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_arithmetic() {
        let names = LocalNames::default();
        for host in
            ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.9", "[::1]", "::1", "fd00::1", "fe80::1"]
        {
            assert!(names.contains(host), "{host}");
        }
        for host in ["8.8.8.8", "172.32.0.1", "2001:db8::1", "100.128.0.1", "{host}", ""] {
            assert!(!names.contains(host), "{host}");
        }
    }
}
