//! What the audit concludes: destinations, flows, findings, and the report that carries them.
//!
//! Plain data. How it was found is the engine's business, how it looks is `report`'s.

use crate::history::{BaselineUse, Change, Opened, State};
use crate::rules::app::Sends;
use crate::rules::data::Tier;
use crate::rules::provider::Provider;
pub use crate::rules::severity::Volume;
use crate::text::{Files, Notice, Span};
use std::collections::BTreeMap;
use std::time::Duration;

/// Where one request goes, seen from home.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// Loopback, private network, in-process.
    Local,
    /// Residency (where pinned) and control lie at home.
    Domestic,
    /// Decided at run time; nothing in the code fixes it.
    Unresolved,
    /// Several candidates that differ.
    Possible,
    /// Residency or control lies abroad.
    Foreign,
}

impl Verdict {
    /// The verdict over several places a request may go to; `unresolved` when there is none.
    pub fn together(all: impl Iterator<Item = Verdict>) -> Verdict {
        let all: Vec<Verdict> = all.collect();
        let has = |v: Verdict| all.contains(&v);
        match all[..] {
            [] => Verdict::Unresolved,
            [one] => one,
            _ if all.iter().all(|v| *v == Verdict::Foreign) => Verdict::Foreign,
            _ if has(Verdict::Foreign) || has(Verdict::Possible) => Verdict::Possible,
            _ if has(Verdict::Unresolved) => Verdict::Unresolved,
            _ if has(Verdict::Domestic) => Verdict::Domestic,
            _ => Verdict::Local,
        }
    }

    /// The word the contract uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Local => "local",
            Verdict::Domestic => "domestic",
            Verdict::Unresolved => "unresolved",
            Verdict::Possible => "possible",
            Verdict::Foreign => "foreign",
        }
    }
}

/// How sure the tool is that the flow is real. Ordered from least to most.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Confidence {
    /// A name or an unresolved step carries it.
    Possible,
    /// Every step is resolved, the data is classified by name in context.
    Likely,
    /// Every step is resolved and the data is declared.
    Certain,
}

impl Confidence {
    /// The word the contract uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Possible => "possible",
            Confidence::Likely => "likely",
            Confidence::Certain => "certain",
        }
    }
}

/// How much it matters. Ordered from least to most.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Severity {
    Note,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    /// The word the contract uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

/// The rules of the contract. One severity class each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum RuleId {
    RestrictedDataAbroad,
    ConfidentialDataAbroad,
    InternalDataAbroad,
    UserInputAbroad,
    DataMaybeAbroad,
    DataEndpointUnresolved,
    SourceCodeAbroad,
    RelayEndpoint,
    ForeignEndpoint,
    DeniedByPolicy,
    PolicyExceptionExpired,
    PolicyExceptionUnused,
}

/// One place in the code that somebody should look at, with what happens there.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Step {
    /// Where.
    pub span: Span,
    /// What happens, in a few words: "`patient.ssn` is read", "passed to `ask`".
    pub message: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// Call depth relative to the source; SARIF nests by it.
    pub depth: u32,
}

/// What a [`Step`] is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum StepKind {
    /// The sensitive data enters.
    Source,
    /// It moves on.
    Flow,
    /// A treatment it passed that did not end the flow.
    Treatment,
    /// It leaves: the call.
    Call,
    /// A line or setting that decides the endpoint.
    Endpoint,
}

impl StepKind {
    /// The word machine-readable reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            StepKind::Source => "source",
            StepKind::Flow => "flow",
            StepKind::Treatment => "treatment",
            StepKind::Call => "call",
            StepKind::Endpoint => "endpoint",
        }
    }
}

/// One place a request may go, with its three axes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Host as resolved, e.g. `api.example.com`; empty when unknown.
    pub host: String,
    /// URL as resolved; may keep holes as `{name}`.
    pub url: String,
    /// Provider id of the registry, when the host is known to it.
    pub provider: Option<String>,
    /// Name of the provider as people write it.
    pub provider_name: Option<String>,
    /// ISO codes, or `global`, `unknown`, `upstream`, `customer`, `local`.
    pub residency: Vec<String>,
    /// ISO codes of operator and parent, or `unknown`.
    pub control: Vec<String>,
    /// Verdict for this candidate alone.
    pub verdict: Verdict,
    /// Why: "`DEEPSEEK_BASE_URL` in .env", "default of the SDK", "literal".
    pub because: String,
    /// The chain of lines and settings that decided it, nearest to the call last.
    pub evidence: Vec<Step>,
    /// When the registry entry was verified (ISO date); `None` = nobody verified it.
    pub verified: Option<String>,
    /// Sources of the registry entry.
    pub sources: Vec<String>,
    /// Whether an unofficial relay or tunnel stands there.
    pub relay: bool,
    /// For a router whose choice is narrowed: who may serve the request, those abroad first.
    pub upstreams: Vec<Upstream>,
    /// Remarks a reader needs ("the place is not pinned", "sources disagree").
    pub remarks: Vec<String>,
}

impl Candidate {
    /// Country codes and words of everybody who may get the request: the operator, and who serves it behind a router.
    pub fn reached(&self) -> impl Iterator<Item = &String> {
        let own = self.control.iter().chain(&self.residency);
        own.chain(self.upstreams.iter().flat_map(|u| u.control.iter().chain(&u.residency)))
    }
}

/// One provider behind a router that may serve a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upstream {
    /// Its name in the router's own settings.
    pub slug: String,
    /// Name as people write it.
    pub name: String,
    /// Provider id of the registry, when it has one.
    pub provider: Option<String>,
    /// As for [`Candidate::residency`].
    pub residency: Vec<String>,
    /// As for [`Candidate::control`].
    pub control: Vec<String>,
    /// Verdict for this provider alone.
    pub verdict: Verdict,
}

/// Where a call goes: its candidates and what follows from them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// Verdict over all candidates.
    pub verdict: Verdict,
    /// Every place it may go; empty when nothing is known.
    pub candidates: Vec<Candidate>,
    /// For `unresolved`: which variable or setting decides at run time.
    pub unresolved: Option<String>,
}

/// The model a call names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelUse {
    /// Model id as written.
    pub id: String,
    /// ISO code of the lab's country, or `unknown`.
    pub origin: String,
    /// Lab, when known.
    pub lab: Option<String>,
    /// Whether the weights are open: `true`, `false`, `mixed`, `unknown`.
    pub open_weights: String,
}

/// One language-model call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The call expression.
    pub span: Span,
    /// What is called, as a dotted path.
    pub callee: String,
    /// The outermost function around it, as `Class.method` or `function`; empty in the body of a module.
    pub function: String,
    /// SDK rule that recognised it.
    pub package: String,
    /// What is sent (`chat`, `embedding`, …).
    pub kind: String,
    /// Where it goes.
    pub destination: Destination,
    /// Models it may name.
    pub models: Vec<ModelUse>,
    /// In a test, example, fixture or documentation path.
    pub in_tests: bool,
}

/// An endpoint that configuration alone sets, without a call in sight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Configured {
    /// The setting that decides it.
    pub span: Span,
    /// Its key.
    pub key: String,
    /// The program it configures, when that is known.
    pub app: Option<String>,
    /// What that program sends there.
    pub sends: Sends,
    /// Whether the program uses it, rather than merely knowing of it.
    pub active: bool,
    /// Where it goes.
    pub destination: Destination,
    /// Models it names.
    pub models: Vec<ModelUse>,
    /// In a test, example, fixture or documentation path, or in an example file.
    pub in_tests: bool,
}

/// One data class on a flow.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DataUse {
    /// Class id.
    pub class: String,
    /// Title of the class.
    pub title: String,
    /// Tier of the class.
    pub tier: Tier,
    /// The name or shape that classified it: "`ssn`", "column `ssn` of `Patient`".
    pub evidence: String,
    /// Regulations it may fall under.
    pub regulations: Vec<String>,
}

/// Sensitive data that reaches a call, with its proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flow {
    /// The classes, most sensitive first.
    pub data: Vec<DataUse>,
    /// Source first, call last.
    pub steps: Vec<Step>,
    /// How many further paths carry data of this group to the call.
    pub further_paths: u32,
    /// What was done to the data on the way without ending the flow.
    pub treatments: Vec<String>,
    /// How much of it one run of the code sends.
    pub volume: Volume,
}

/// One thing to do about a finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Advice {
    /// One sentence, imperative.
    pub text: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
}

/// One line of a report.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Rule.
    pub rule: RuleId,
    /// Severity within the rule's class.
    pub severity: Severity,
    /// Score behind the severity (0–20), and its factors in words.
    pub score: f64,
    /// The factors of the score, for `-v`.
    pub factors: Vec<String>,
    /// How sure.
    pub confidence: Confidence,
    /// One sentence that says it all.
    pub message: String,
    /// Where the report points: the call, or the setting.
    pub span: Span,
    /// Index into [`Report::calls`], unless the finding is about configuration only.
    pub call: Option<usize>,
    /// The destination as judged for this flow (may be narrower than the call's).
    pub destination: Option<Destination>,
    /// Model of the call, if named.
    pub models: Vec<ModelUse>,
    /// The flow, unless the finding is about an endpoint only.
    pub flow: Option<Flow>,
    /// Laws of the destination a reviewer would cite: "National Intelligence Law, Art. 7 (unverified)".
    pub laws: Vec<String>,
    /// Regulations the data may fall under.
    pub regulations: Vec<Regulation>,
    /// What to do.
    pub advice: Vec<Advice>,
    /// Stable identity, see [`crate::fingerprint`]: sixteen hexadecimal digits, and `:2` and so on for further equal ones.
    pub fingerprint: String,
    /// Whether it was there before; `None` when it was compared with nothing.
    pub state: Option<State>,
    /// Why it is new, where a change was looked at.
    pub opening: Option<Opened>,
    /// Whom to ask, where that was wanted and is known.
    pub ask: Option<Ask>,
    /// Why it was suppressed, when it was; suppressed findings are counted, not shown.
    pub suppressed: Option<Suppression>,
}

/// A regulation that data may fall under: a tag for a reviewer, no finding of law.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Regulation {
    /// Id of the registry.
    pub id: String,
    /// What it covers.
    pub title: String,
    /// Why it may apply: the data, the threshold, what to check.
    pub reason: String,
}

/// Whom to ask about a finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// Owners as CODEOWNERS names them.
    pub owners: Vec<String>,
    /// Where it names them, as `path:line`.
    pub place: Option<String>,
    /// Name of who last changed the line of the call.
    pub author: Option<String>,
}

/// Somebody's decision that a finding needs no attention.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Suppression {
    /// By what means it was decided.
    pub by: SuppressedBy,
    /// Why, in the words of whoever decided.
    pub reason: String,
    /// Who decided.
    pub owner: Option<String>,
    /// Contract, ticket or the like that it rests on.
    pub reference: Option<String>,
    /// Where it is written, as `path:line`.
    pub place: Option<String>,
}

/// By what means a finding was suppressed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SuppressedBy {
    /// A comment beside the call.
    Inline,
    /// An `[[exception]]` of the policy.
    Exception,
    /// The baseline: it was there before.
    Baseline,
}

impl SuppressedBy {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            SuppressedBy::Inline => "inline",
            SuppressedBy::Exception => "exception",
            SuppressedBy::Baseline => "baseline",
        }
    }
}

/// What somebody needs to know to make the same report again, and to believe it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Record {
    /// SHA-256 of every rule file that was loaded.
    pub rules: String,
    /// The policy as reports show its path, and its SHA-256; `None` when there is none.
    pub policy: Option<(String, String)>,
    /// The command line, without paths of the machine.
    pub command: Vec<String>,
    /// Id of the commit that was checked out.
    pub commit: Option<String>,
    /// Branch that was checked out.
    pub branch: Option<String>,
    /// Where the repository comes from, without credentials.
    pub repository: Option<String>,
}

/// What was looked at, so that silence can be believed.
#[derive(Clone, Default, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct Coverage {
    pub files_read: usize,
    pub files_parsed: usize,
    pub files_skipped: usize,
    pub lines: usize,
    pub calls: usize,
    pub calls_unresolved: usize,
    pub settings: usize,
    pub files_ignored: usize,
}

/// What the registry knows of the parties and the data that a report mentions, for registers and provenance.
#[derive(Clone, Default, Debug)]
pub struct Known {
    /// Entries of the providers, by id.
    pub providers: BTreeMap<String, Provider>,
    /// Names of countries and groups of countries, by code.
    pub countries: BTreeMap<String, String>,
    /// Titles of the groups that data classes belong to, by the first part of the class id.
    pub groups: BTreeMap<String, String>,
    /// Categories of the bulk-transfer rule that data classes may fall into, by class id.
    pub bulk: BTreeMap<String, Vec<String>>,
    /// Citation of that rule, when the registry has one.
    pub bulk_rule: Option<String>,
}

/// The result of one audit.
#[derive(Debug, Default)]
pub struct Report {
    /// The audited files, for snippets and line numbers.
    pub files: Files,
    /// Home as judged: ISO codes with groups expanded, sorted.
    pub home: Vec<String>,
    /// Home as the user wrote it (`US`, `EU`), or the default.
    pub home_as_written: Vec<String>,
    /// Whether the user set it.
    pub home_set: bool,
    /// The policy that was in force.
    pub policy: PolicyInForce,
    /// Findings, most severe first, then by path and position.
    pub findings: Vec<Finding>,
    /// Every call that was found, by path and position.
    pub calls: Vec<Call>,
    /// Every endpoint that configuration sets besides those of calls, by path and position.
    pub configured: Vec<Configured>,
    /// What could not be done.
    pub notices: Vec<Notice>,
    /// What the report stands on, where it was asked for.
    pub record: Option<Record>,
    /// What a baseline did, where one was used.
    pub baseline: Option<BaselineUse>,
    /// What a change did, where one was looked at; then `findings` are what it opened.
    pub change: Option<Change>,
    /// Comments that would suppress findings but were not asked (`--no-inline-allow`).
    pub ignored_allows: usize,
    /// What was looked at.
    pub coverage: Coverage,
    /// What the registry knows of everything mentioned above.
    pub known: Known,
    /// Wall time of each phase; never part of a report that must be reproducible.
    pub timings: BTreeMap<&'static str, Duration>,
}

/// The policy of an audit, as every report names it: whoever reads the report can tell whose rules it went by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PolicyInForce {
    /// The file, as reports show paths; `None` for the built-in policy.
    pub path: Option<String>,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Profile it starts from.
    pub extends: Option<String>,
    /// Whether it came with the audited tree.
    pub in_repository: bool,
    /// A policy file of the tree that was not in force.
    pub ignored: Option<String>,
    /// Where data of each tier may go, the most sensitive first.
    pub tiers: Vec<TierRule>,
    /// Models that are not to be used, whoever serves them: codes of the countries they come from, and globs of ids.
    pub denied_models: Vec<String>,
    /// What of it takes something out of the audit or changes what is known, in words.
    pub effects: Vec<String>,
    /// Least severity that fails unless the command line says otherwise; `Some(None)` for never.
    pub fail_on: Option<Option<Severity>>,
    /// Least confidence shown unless the command line says otherwise.
    pub min_confidence: Option<Confidence>,
}

/// Where data of one tier may go, in the words of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierRule {
    /// Which.
    pub tier: Tier,
    /// Places that are allowed, as written.
    pub allow: Vec<String>,
    /// Countries and providers that are not.
    pub deny: Vec<String>,
    /// What must be known of a provider.
    pub require: Vec<String>,
}

impl Report {
    /// Findings that nobody suppressed.
    pub fn active(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.suppressed.is_none())
    }
}
