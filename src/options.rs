//! What one audit is asked to do.

use crate::baseline::Baseline;
use camino::Utf8PathBuf;
use std::ffi::OsString;
use std::sync::Arc;

/// Home unless the user or the policy says otherwise; every report says when it was used.
pub const DEFAULT_HOME: &str = "US";

/// What to audit, against which home, with which rules.
#[derive(Clone, Default)]
pub struct Options {
    /// Files and directories to audit.
    pub paths: Vec<Utf8PathBuf>,
    /// Home as the user wrote it: ISO codes and groups. `None` leaves it to the policy, then to the default.
    pub home: Option<Vec<String>>,
    /// Folders of rules that are loaded after the bundle.
    pub rules_dirs: Vec<Utf8PathBuf>,
    /// Where the policy comes from.
    pub policy: PolicyFrom,
    /// How many threads to use; `None` leaves it to the machine.
    pub threads: Option<usize>,
    /// Analyse every file, also those that cannot matter for any call.
    pub full: bool,
    /// Report findings in tests, examples and fixtures like any other.
    pub include_tests: bool,
    /// Today, for exceptions that ran out; they never do when it is not known.
    pub today: Option<toml::value::Date>,
    /// Let no comment suppress a finding; they are only counted.
    pub no_inline_allow: bool,
    /// Report only what is new since then.
    pub since: Option<Since>,
    /// What `GIT_INDEX_FILE` says, which hooks set; it counts only for the audited repository.
    pub index_file: Option<OsString>,
    /// Findings that were there before and are left alone.
    pub baseline: Option<Baseline>,
    /// Name whom to ask about each finding.
    pub owners: bool,
    /// The command line, for the record of the audit; `None` makes no record.
    pub command: Option<Vec<String>>,
    /// Told how far the audit is.
    pub progress: Option<ProgressFn>,
}

/// Where the policy of an audit comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PolicyFrom {
    /// The nearest policy file upward from what is audited, else the built-in one.
    #[default]
    Nearest,
    /// This file, whatever the repository says.
    File(Utf8PathBuf),
    /// This text, as it stands at that path in another revision.
    Text {
        /// Where it stands, for messages, path globs and `rules`.
        path: Utf8PathBuf,
        /// The whole file.
        text: String,
    },
    /// The built-in one, whatever the repository says.
    BuiltIn,
}

/// What an audit is compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Since {
    /// The work tree is compared with the merge base of HEAD and this revision.
    Revision(String),
    /// What is staged is compared with HEAD.
    Staged,
}

/// Called from any thread as the audit moves on.
pub type ProgressFn = Arc<dyn Fn(Progress) + Send + Sync>;

/// How far the audit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in one word: `reading`, `parsing`, `tracing`.
    pub phase: &'static str,
    /// How many items are done.
    pub done: usize,
    /// How many there are; 0 when that is not known.
    pub total: usize,
}
