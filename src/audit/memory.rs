//! An audit of files that somebody holds in memory: the same pipeline, without walking, git or baselines.

use super::{Examiner, Ground};
use crate::error::BadRules;
use crate::finding::Report;
use crate::lang::Lowered;
use crate::options::{Options, PolicyFrom};
use crate::policy::Opened;
use crate::rules::Rules;
use crate::since::Tree;
use crate::text::Files;
use camino::Utf8PathBuf;

/// Rules and policy, loaded once for any number of programs.
pub struct Auditor {
    ground: Ground,
    options: Options,
}

impl Auditor {
    /// Loads the bundled rules and the built-in policy.
    pub fn new() -> anyhow::Result<Auditor> {
        let options = Options { policy: PolicyFrom::BuiltIn, ..Options::default() };
        let opened = Opened::open(&options.policy, &[])?;
        let ground = Ground::new(Rules::bundled().map_err(BadRules)?, opened, &options)?;
        Ok(Auditor { ground, options })
    }

    /// The same, examining every file, also those that cannot matter for any call.
    pub fn in_full(mut self) -> Auditor {
        self.options.full = true;
        self
    }

    /// The report on these files. The caller's stack, or that of the workers it runs on, must suit [`super::STACK`].
    pub fn report(&self, files: Files) -> Report {
        let mut examiner = Examiner {
            options: &self.options,
            base: Utf8PathBuf::new(),
            roots: vec![None],
            lowered: Lowered::default(),
            clock: super::Clock::start(),
        };
        examiner.examine(&self.ground, Tree { files, notices: Vec::new() })
    }
}
