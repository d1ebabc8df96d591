//! What residency and control make of a destination, seen from home.

use std::collections::BTreeSet;
use transborder::finding::Verdict;
use transborder::lookup::judge;
use transborder::rules::Rules;

fn verdict(residency: &[&str], control: &[&str]) -> Option<Verdict> {
    let rules = Rules::bundled().expect("the bundled rules are right");
    let list = |codes: &[&str]| codes.iter().map(|code| code.to_string()).collect::<Vec<_>>();
    judge(&rules, &list(residency), &list(control), &BTreeSet::from(["US".to_string()]))
}

#[test]
fn residency_and_control_decide_together() {
    assert_eq!(verdict(&["CN"], &["CN"]), Some(Verdict::Foreign));
    assert_eq!(verdict(&["US"], &["SG", "CN"]), Some(Verdict::Foreign));
    assert_eq!(verdict(&["EU"], &["US"]), Some(Verdict::Foreign));
    assert_eq!(verdict(&["US"], &["US"]), Some(Verdict::Domestic));
    assert_eq!(verdict(&["global"], &["US"]), Some(Verdict::Domestic));
    assert_eq!(verdict(&["unknown"], &["US"]), Some(Verdict::Domestic));
    assert_eq!(verdict(&["US", "EU"], &["US"]), Some(Verdict::Possible));
    assert_eq!(verdict(&["upstream"], &["US"]), Some(Verdict::Possible));
    assert_eq!(verdict(&["US"], &["unknown"]), None);
    assert_eq!(verdict(&["unknown"], &["unknown"]), None);
    assert_eq!(verdict(&["local"], &["unknown"]), Some(Verdict::Local));
}
