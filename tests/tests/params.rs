//! Parameter ids are frozen: hosts keep automation by them. New ones go to the end of tests/params.txt.

use tests::fixtures::rig;
use tests::paths;

#[test]
fn parameters_are_those_of_the_list_in_its_order() {
    let path = paths::root().join("tests/params.txt");
    let frozen = std::fs::read_to_string(&path).expect("tests/params.txt");
    let frozen: Vec<&str> = frozen.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let rig = rig();
    let have: Vec<&str> = rig.params().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(have, frozen);
}

#[test]
fn style_has_256_slots_with_stable_numbers() {
    let mut rig = rig();
    let (min, max) = rig.param("style").map(|p| (p.min, p.max)).unwrap();
    assert_eq!((min, max), (0.0, 255.0));
    for style in tests::stage::styles() {
        assert_eq!(rig.value_of("style", style.name.as_str()).unwrap(), style.slot as f64, "{}", style.name);
    }
}
