//! What was there before: the plain data that comparing two states of a program ends in.

/// What a finding is compared with what was there before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It was not there before.
    New,
    /// It was there before, as it is.
    Unchanged,
    /// It was there before, and got worse.
    Updated,
}

impl State {
    /// The word of SARIF's `baselineState`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Unchanged => "unchanged",
            State::Updated => "updated",
        }
    }
}

/// Findings of before, equal but for their place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Past {
    /// File of the call, from the base of the report.
    pub path: String,
    /// 1-based line at that time, when it is known.
    pub line: Option<u32>,
    /// Id of the rule.
    pub rule: String,
    /// Ids of the data classes.
    pub data: Vec<String>,
    /// Hosts and providers abroad.
    pub to: Vec<String>,
    /// Fingerprint.
    pub fingerprint: String,
    /// How many there were.
    pub count: u32,
}

/// What a baseline did to a report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BaselineUse {
    /// The file.
    pub path: String,
    /// Findings it suppressed.
    pub unchanged: usize,
    /// Findings it does not know.
    pub new: usize,
    /// Entries for which there are fewer findings than before; the count says how many are missing.
    pub gone: Vec<Past>,
}

/// What a change to the repository did to its border crossings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// What it is compared with, as the user named it.
    pub against: String,
    /// The commit that is, or nothing before the first commit.
    pub base: Option<String>,
    /// Whether what is staged was looked at instead of what is on disk.
    pub staged: bool,
    /// How many of the files that were read are not as they were committed last.
    pub uncommitted: usize,
    /// Findings that are as they were; they are not in the report.
    pub unchanged: usize,
    /// Crossings that are no more.
    pub closed: Vec<Past>,
    /// Crossings that only the edited rules, policy or comments no longer object to.
    pub let_through: Vec<Past>,
    /// Files that decide what is reported, and were edited.
    pub edited: Vec<String>,
}

/// How a finding came to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// Why it is new.
    pub why: Opening,
    /// The hosts that the same call went to before; empty when they are the same, or there was no such call.
    pub was: Vec<String>,
}

/// Why a finding is new.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Opening {
    /// Nothing went to this place before.
    Destination,
    /// Data of this class did not go to this place before.
    Data,
    /// The same data goes to the same place from one more call.
    Call,
    /// The same call goes elsewhere, or to more places, or less protected.
    Route,
    /// Nothing moved; what suppressed it is gone, or the rules or the policy now object.
    Judgement,
}

impl Opening {
    /// As a reader sees it.
    pub fn as_str(self) -> &'static str {
        match self {
            Opening::Destination => "new destination",
            Opening::Data => "new data on an old destination",
            Opening::Call => "one more call",
            Opening::Route => "relaxed route",
            Opening::Judgement => "newly objected to",
        }
    }
}
