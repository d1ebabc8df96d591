//! What the registry says of one URL or host, seen from home: the answer behind `transborder registry resolve`.

use crate::finding::{Call, Finding, Known, Verdict};
use crate::rules::Rules;
use crate::rules::provider::{CUSTOMER, GLOBAL, HostMatch, ModelOrigin, Provider, UNKNOWN};
use crate::rules::router::Upstream;
use std::collections::BTreeSet;
use url::Url;

/// The answer.
#[derive(Debug)]
pub struct Answer<'r> {
    /// The URL or host as asked.
    pub url: String,
    /// Its host.
    pub host: String,
    /// The registry entry, when somebody claims the host.
    pub found: Option<HostMatch<'r>>,
    /// Where requests are processed: codes, or `global`, `unknown`, `upstream`, `customer`, `local`.
    pub residency: Vec<String>,
    /// Who can compel the operator: codes of operator and parent, or `unknown`, `local`.
    pub control: Vec<String>,
    /// The verdict; `None` when too little is known for one.
    pub verdict: Option<Verdict>,
    /// Whether the operator is at home but nothing says where it processes.
    pub unpinned: bool,
    /// Whom a router may hand the request to.
    pub candidates: &'r [Upstream],
    /// The model that was asked for.
    pub model: Option<Model<'r>>,
}

/// A model id with its origin.
#[derive(Debug)]
pub struct Model<'r> {
    /// As asked.
    pub id: String,
    /// Who trained it, when the registry knows.
    pub origin: Option<&'r ModelOrigin>,
    /// Providers that serve its open weights.
    pub served_by: Vec<Server<'r>>,
}

/// A provider that serves a model's weights.
#[derive(Debug)]
pub struct Server<'r> {
    /// The provider.
    pub provider: &'r Provider,
    /// Where its endpoints are, each place once.
    pub residency: Vec<&'r str>,
}

/// Looks up a URL or a bare host. `None` when the text is neither.
pub fn look_up<'r>(
    rules: &'r Rules,
    text: &str,
    model: Option<&str>,
    home: &BTreeSet<String>,
) -> Option<Answer<'r>> {
    let url = parse(rules, text)?;
    let host = url.host_str()?.to_string();
    let found = rules.resolve_url(url.as_str());
    let model = model.map(|id| {
        let origin = rules.origin(id);
        let ids = origin.into_iter().flat_map(|origin| &origin.served_by);
        let served_by = ids.filter_map(|id| rules.provider(id)).map(server).collect();
        Model { id: id.to_string(), origin, served_by }
    });
    let mut answer = Answer {
        url: text.trim().to_string(),
        host,
        found: None,
        residency: vec!["unknown".into()],
        control: vec!["unknown".into()],
        verdict: None,
        unpinned: false,
        candidates: &[],
        model,
    };
    if rules.is_local(&answer.host) {
        answer.verdict = Some(Verdict::Local);
        answer.residency = vec!["local".into()];
        answer.control = vec!["local".into()];
    } else if let Some(found) = &found {
        answer.residency = found.residency.clone();
        answer.control = control(found.provider);
        answer.verdict = judge(rules, &answer.residency, &answer.control, home);
        let open = |place: &String| matches!(place.as_str(), GLOBAL | UNKNOWN | CUSTOMER);
        answer.unpinned = answer.verdict == Some(Verdict::Domestic) && answer.residency.iter().any(open);
        answer.candidates = rules.router(&found.provider.id).map_or(&[][..], |router| &router.upstreams[..]);
    }
    answer.found = found;
    Some(answer)
}

fn server(provider: &Provider) -> Server<'_> {
    let mut residency: Vec<&str> = Vec::new();
    for place in provider.endpoints.iter().flat_map(|endpoint| &endpoint.residency) {
        if !residency.contains(&place.as_str()) {
            residency.push(place);
        }
    }
    Server { provider, residency }
}

/// The verdict that two of the three axes give; `None` when too little is known.
///
/// A place that is not pinned does not make an endpoint foreign whose control lies at home; an unknown operator
/// is never taken for one at home.
pub fn judge(
    rules: &Rules,
    residency: &[String],
    control: &[String],
    home: &BTreeSet<String>,
) -> Option<Verdict> {
    let word = |list: &[String], word: &str| list.iter().any(|entry| entry == word);
    let sides = |list: &[String]| {
        let (mut inside, mut outside) = (false, false);
        for entry in list {
            if let Ok(countries) = rules.expand(std::slice::from_ref(entry)) {
                inside |= countries.iter().any(|country| home.contains(country));
                outside |= countries.iter().any(|country| !home.contains(country));
            }
        }
        (inside, outside)
    };
    if word(residency, "local") {
        return Some(Verdict::Local);
    }
    let (stays, leaves) = sides(residency);
    let (_, compelled_abroad) = sides(control);
    if compelled_abroad || (leaves && !stays) {
        return Some(Verdict::Foreign);
    }
    if leaves || word(residency, "upstream") {
        return Some(Verdict::Possible);
    }
    let compelled_by_unknown = control.is_empty() || word(control, "unknown");
    (!compelled_by_unknown).then_some(Verdict::Domestic)
}

/// What the registry knows of everything that calls and findings mention.
pub fn known(rules: &Rules, calls: &[Call], findings: &[Finding]) -> Known {
    let mut known = Known::default();
    let of_calls = calls.iter().map(|call| &call.destination);
    let of_findings = findings.iter().filter_map(|finding| finding.destination.as_ref());
    for candidate in of_calls.chain(of_findings).flat_map(|destination| &destination.candidates) {
        if let Some(provider) = candidate.provider.as_deref().and_then(|id| rules.provider(id)) {
            known.providers.entry(provider.id.clone()).or_insert_with(|| provider.clone());
        }
        for code in candidate.residency.iter().chain(&candidate.control) {
            if let Some(name) = rules.country_name(code) {
                known.countries.entry(code.clone()).or_insert_with(|| name.to_string());
            }
        }
    }
    let bulk = rules.jurisdictions.bulk_rule.as_ref();
    known.bulk_rule = bulk.map(|rule| rule.reference.clone());
    for data in findings.iter().filter_map(|finding| finding.flow.as_ref()).flat_map(|flow| &flow.data) {
        let group = data.class.split('.').next().unwrap_or_default();
        if let Some(class) = rules.data.class(group) {
            known.groups.entry(group.to_string()).or_insert_with(|| class.title.clone());
        }
        let thresholds = bulk.iter().flat_map(|rule| &rule.thresholds);
        let categories = thresholds.filter(|threshold| threshold.covers(&data.class));
        known
            .bulk
            .entry(data.class.clone())
            .or_insert_with(|| categories.map(|threshold| threshold.category.replace('_', " ")).collect());
    }
    known
}

/// Countries of operator and parent, each once.
pub fn control(provider: &Provider) -> Vec<String> {
    let mut codes = vec![provider.operator.country.clone()];
    codes.extend(
        provider.operator.parent_country.clone().filter(|parent| *parent != provider.operator.country),
    );
    codes
}

/// A URL, or a host with or without port and path.
fn parse(rules: &Rules, text: &str) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return None;
    }
    if text.parse::<std::net::Ipv6Addr>().is_ok() {
        return Url::parse(&format!("https://[{text}]")).ok();
    }
    let bare = !text.contains("://");
    let url = Url::parse(&if bare { format!("https://{text}") } else { text.to_string() }).ok()?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    let is_name = host.contains(['.', ':'])
        || url.port().is_some()
        || rules.providers.local.exact.iter().any(|name| name == host);
    (is_name || !bare).then_some(url)
}
