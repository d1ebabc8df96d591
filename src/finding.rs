//! What the audit concludes: destinations, flows, findings, and the report that carries them.
//!
//! Plain data. How it was found is the engine's business, how it looks is `report`'s.

use crate::rules::data::Tier;
use crate::rules::provider::Provider;
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
    /// Remarks a reader needs ("the place is not pinned", "sources disagree").
    pub remarks: Vec<String>,
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
    /// What to do.
    pub advice: Vec<Advice>,
    /// Stable identity: rule, source, endpoint and path of names, never a line number.
    pub fingerprint: String,
    /// Why it was suppressed, when it was; suppressed findings are counted, not shown.
    pub suppressed: Option<Suppression>,
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
#[derive(Debug)]
pub struct Report {
    /// The audited files, for snippets and line numbers.
    pub files: Files,
    /// Home as judged: ISO codes with groups expanded, sorted.
    pub home: Vec<String>,
    /// Home as the user wrote it (`US`, `EU`), or the default.
    pub home_as_written: Vec<String>,
    /// Whether the user set it.
    pub home_set: bool,
    /// Findings, most severe first, then by path and position.
    pub findings: Vec<Finding>,
    /// Every call that was found, by path and position.
    pub calls: Vec<Call>,
    /// What could not be done.
    pub notices: Vec<Notice>,
    /// What was looked at.
    pub coverage: Coverage,
    /// What the registry knows of everything mentioned above.
    pub known: Known,
    /// Wall time of each phase; never part of a report that must be reproducible.
    pub timings: BTreeMap<&'static str, Duration>,
}

impl Report {
    /// Findings that nobody suppressed.
    pub fn active(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.suppressed.is_none())
    }
}
