//! Hides secrets and personal values wherever a report quotes the scanned tree, once, before anything is shown: every format
//! then shows the same. Snippets are cut when they are made, since they need the text as it is.

use crate::finding::{Destination, ModelUse, Report};
use crate::report::mask::{mask_path, mask_quoted};

/// Cuts paths, model ids, evidence and everything else that repeats what somebody wrote into the tree. Left alone are
/// reasons and owners of suppressions: those were written to be read.
pub fn quotes(report: &mut Report) {
    report.files.rename(mask_path);
    for notice in &mut report.notices {
        notice.path = mask_path(&notice.path);
        cut(&mut notice.message);
    }
    for call in &mut report.calls {
        cut(&mut call.callee);
        destination(&mut call.destination);
        models(&mut call.models);
    }
    for configured in &mut report.configured {
        cut(&mut configured.key);
        destination(&mut configured.destination);
        models(&mut configured.models);
    }
    for finding in &mut report.findings {
        cut(&mut finding.message);
        finding.destination.iter_mut().for_each(destination);
        models(&mut finding.models);
        if let Some(flow) = &mut finding.flow {
            flow.data.iter_mut().for_each(|data| cut(&mut data.evidence));
            flow.steps.iter_mut().for_each(|step| cut(&mut step.message));
            flow.treatments.iter_mut().for_each(cut);
        }
        let asked = finding.ask.iter_mut().filter_map(|ask| ask.place.as_mut());
        let agreed = finding.suppressed.iter_mut().filter_map(|suppressed| suppressed.place.as_mut());
        asked.chain(agreed).for_each(|place| *place = mask_path(place));
    }
    let closed = report.change.iter_mut().flat_map(|change| &mut change.closed);
    let gone = report.baseline.iter_mut().flat_map(|used| &mut used.gone);
    for past in closed.chain(gone) {
        past.path = mask_path(&past.path);
    }
}

fn destination(destination: &mut Destination) {
    destination.unresolved.iter_mut().for_each(cut);
    for candidate in &mut destination.candidates {
        cut(&mut candidate.host);
        cut(&mut candidate.url);
        cut(&mut candidate.because);
        candidate.evidence.iter_mut().for_each(|step| cut(&mut step.message));
    }
}

fn models(models: &mut [ModelUse]) {
    models.iter_mut().for_each(|model| cut(&mut model.id));
}

fn cut(text: &mut String) {
    let shown = mask_quoted(text);
    if shown != *text {
        *text = shown;
    }
}
