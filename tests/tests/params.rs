//! Parameter ids are frozen: hosts keep automation by them. `cargo xtask bless` adds new ones to
//! tests/params.txt and never takes one away.

use tests::fixtures::rig;

#[test]
fn parameters_are_those_of_the_list_in_its_order() {
    let frozen = std::fs::read_to_string(tests::golden::params_path()).expect("tests/params.txt");
    let frozen: Vec<&str> = frozen
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .collect();
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
        assert_eq!(
            rig.value_of("style", style.name.as_str()).unwrap().round(),
            style.slot as f64,
            "{}",
            style.name
        );
    }
}
