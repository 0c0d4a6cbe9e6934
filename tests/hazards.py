"""The hazards that reconciliation must survive, and the tests that show it for each.

    python -m tests.hazards             prints hazard and tests
    python -m tests.hazards 22 23       names the tests of these, for pytest's command line

The numbers are those of the catalogue in the design of the protocol. ``tests/test_hazards.py`` proves that each hazard
has its tests and that each test named here is there.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent


class Hazard(NamedTuple):
    """What can go wrong, and where it is shown that nothing is lost by it: ``file::test``, below ``tests``."""

    what: str
    tests: tuple[str, ...]


def _of(what: str, **files: str) -> Hazard:
    tests = (
        f"{file.replace('__', '/')}.py::test_{name}" for file, names in files.items() for name in names.split()
    )
    return Hazard(what, tuple(tests))


HAZARDS: Final[dict[int, Hazard]] = {
    1: _of(
        "a row becomes visible out of the order of its number",
        sync__server__test_races="a_poller_misses_nothing_while_six_desks_write"
        " the_clock_is_the_last_lock_so_a_slow_writer_holds_nobody_up_unseen",
    ),
    2: _of(
        "a lock held too long stops everybody",
        sync__server__test_races="an_idle_transaction_that_holds_a_row_defers_and_stops_nobody_else"
        " the_clock_is_the_last_lock_so_a_slow_writer_holds_nobody_up_unseen",
    ),
    3: _of(
        "a wrong clock or calendar",
        sync__test_away="a_calendar_that_is_ten_years_wrong_decides_nothing",
        sync__server__test_entrance="a_wrong_clock_is_noted_and_never_refused",
        sync__server__test_authority="time_is_corrected_and_never_before_the_desk_had_nothing_to_send",
    ),
    4: _of(
        "the answer is lost after the commit; a storm of retries",
        sync__server__test_conformance="a_retry_gets_the_stored_receipt_and_the_record_and_doubles_nothing",
        sync__server__test_races="the_same_batch_sent_many_times_at_once_counts_once",
        sync__test_claims="a_claim_whose_answer_was_lost_overtakes_nothing_twice",
        faults__test_machine="nothing_is_lost_on_sqlite nothing_is_lost_on_postgresql",
    ),
    5: _of(
        "a crash between effect and receipt, on either side",
        faults__test_kill="a_desk_killed_around_its_requests_loses_and_doubles_nothing"
        " a_desk_killed_before_each_commit_loses_and_doubles_nothing"
        " a_desk_killed_inside_its_transactions_loses_and_doubles_nothing"
        " a_centre_that_dies_inside_its_push_loses_and_doubles_nothing"
        " a_centre_on_postgresql_that_dies_inside_its_push",
        e2e__test_power_cuts="killed_while_it_sends killed_while_it_receives the_centre_is_killed_in_the_middle",
    ),
    6: _of(
        "pages of a feed that is written to meanwhile",
        sync__server__test_conformance="pages_are_bounded_and_join_without_gap_or_overlap"
        " the_feed_shows_a_record_once_at_its_newest_place",
        sync__server__test_races="a_poller_misses_nothing_while_six_desks_write",
        zzdesk__ops__test_fold="a_stale_or_repeated_page_changes_nothing",
    ),
    7: _of(
        "a record leaves or enters a scope",
        sync__server__test_moves="a_record_leaves_and_arrives_with_what_belongs_to_it it_may_come_back"
        " in_one_batch_the_children_go_along_too open_conflicts_go_along",
        sync__test_transfer="a_report_goes_to_another_community_with_its_file"
        " an_evict_that_comes_while_work_is_pending_waits_for_it",
        faults__test_machine="nothing_is_lost_on_sqlite",
    ),
    8: _of(
        "a desk gets a scope, or loses one",
        sync__test_withdrawal="who_leaves_the_team_hands_over_what_is_pending_and_loses_the_copy"
        " who_comes_back_gets_everything_from_the_beginning"
        " what_the_centre_did_not_sign_changes_nothing_and_is_said"
        " a_colleague_at_the_same_desk_takes_nothing_away_from_the_other",
    ),
    9: _of(
        "a permission is lost while the desk is offline",
        sync__server__test_authority="rights_then_and_now every_kind_asks_for_its_right"
        " what_builds_upon_something_in_quarantine_waits_and_the_rest_goes_on",
        sync__test_quarantine="a_supervisor_lets_it_through_and_the_author_learns_of_it"
        " a_supervisor_refuses_it_and_what_was_written_is_kept",
    ),
    10: _of(
        "a device is revoked or stolen",
        sync__test_withdrawal="a_device_in_escrow_hands_over_its_work_and_is_emptied"
        " a_device_in_escrow_reads_nothing a_dead_device_gets_nothing_and_one_let_in_again_everything"
        " an_order_for_another_device_is_not_obeyed",
        sync__test_wiping="a_device_in_escrow_hands_over_its_files_and_nothing_of_it_remains"
        " nothing_is_wiped_before_every_byte_has_gone"
        " a_wipe_that_was_killed_is_finished_before_anybody_works_again",
        sync__bundle__test_bundle_foreign="a_dead_device_is_heard_no_more"
        " a_device_in_escrow_hands_over_its_work_and_gets_nothing",
        sync__server__test_entrance="a_revoked_device_is_out_at_once",
    ),
    11: _of(
        "a desk is away for longer than anything is kept",
        sync__test_away="six_hundred_days_away_and_nothing_is_missing",
    ),
    12: _of(
        "fields and kinds of a newer program",
        zzdesk__ops__test_fold="fields_and_kinds_of_a_newer_program_survive",
        zzdesk__ops__test_recognise="a_kind_that_has_a_table_now_is_read_from_what_was_kept"
        " a_field_that_has_a_column_now_is_shown_and_found",
        sync__server__test_conformance="unknown_kinds_and_fields_are_kept_as_they_came",
    ),
    13: _of(
        "operations of an older program",
        sync__server__test_upcast="old_operations_are_judged_as_todays"
        " an_old_operation_that_was_held_is_lifted_when_it_is_released",
        sync__test_releases="an_operation_keeps_its_identity_for_ever"
        " a_home_that_never_met_a_centre_hands_over_everything desk_and_centre_go_on_together",
        sync__server__test_throttle="a_desk_of_an_older_schema_may_still_push",
    ),
    14: _of(
        "two stations give one number, or write one person down twice",
        sync__test_numbers="desks_number_without_a_network_and_no_number_is_given_twice"
        " without_a_number_a_case_keeps_its_alias_and_gets_its_number_from_the_centre"
        " numbers_of_a_lease_that_is_over_and_of_another_life_are_not_given"
        " one_resident_of_two_desks_is_asked_about_and_merged_and_taken_apart_again",
        faults__test_together="two_desks_that_import_one_file_offline_both_keep_their_rows",
    ),
    15: _of(
        "a child arrives before its parent",
        sync__server__test_conformance="an_operation_that_came_too_early_waits_for_its_record"
        " an_operation_waits_for_what_its_author_saw a_shuffled_batch_comes_out_in_order"
        " a_chain_of_waits_unwinds a_group_waits_together",
        sync__server__test_scopes="what_belongs_to_a_case_waits_for_the_case",
        sync__server__test_people_decide="what_waited_for_seven_days_comes_before_a_person_with_its_value"
        " what_waited_for_a_record_that_never_came_is_put_aside_with_its_group",
    ),
    16: _of(
        "one of a batch fails",
        sync__server__test_conformance="a_malformed_operation_is_put_aside_and_the_rest_goes_on"
        " a_fault_while_writing_costs_only_its_own_group a_group_is_applied_whole_or_not_at_all",
    ),
    17: _of(
        "a poison operation blocks the line",
        sync__server__test_conformance="a_poison_operation_is_quarantined_after_three_tries"
        " a_refused_operation_is_consumed_and_its_content_kept"
        " whatever_is_wrong_with_it_an_operation_is_consumed_once",
        sync__test_refused="a_refused_registration_stays_visible_is_corrected_and_arrives"
        " a_corrected_edit_builds_upon_todays_state_and_its_group_goes_along",
    ),
    18: _of(
        "a record without its file, a file without its record",
        sync__test_files="a_record_without_bytes_is_seen_as_such_on_every_desk"
        " an_upload_goes_on_where_the_line_broke a_centre_that_lost_a_file_gets_it_back",
        sync__server__test_blobs="the_missing_are_listed_by_record_a_page_at_a_time"
        " a_blob_that_no_record_names_is_set_aside_after_thirty_days_and_comes_back",
        e2e__test_attachments="a_desk_killed_in_the_middle_of_an_upload_goes_on_with_it"
        " a_centre_killed_in_the_middle_of_an_upload_goes_on_with_it",
    ),
    19: _of(
        "two claim the same",
        sync__server__test_claims="the_first_commit_wins_and_the_other_is_told_who"
        " eight_desks_claim_at_once_and_one_has_it what_came_with_a_lost_claim_is_kept_as_supplementary",
        sync__test_claims="an_intent_is_never_won_before_the_centres_word no_word_of_the_desk_speaks_of_winning"
        " the_loser_is_told_who_and_keeps_the_note_as_supplementary",
        sync__server__test_returning="a_claim_that_was_lost_stays_lost_whoever_comes_back_first",
        faults__test_machine="nothing_is_lost_on_sqlite nothing_is_lost_on_postgresql",
    ),
    20: _of(
        "two edit one field",
        sync__server__test_conformance="two_edits_of_one_field_become_one_conflict_on_both_desks"
        " texts_merge_by_sentences",
        sync__test_merge="every_pair_has_a_rule_or_raises no_value_is_lost_or_replaced_unseen",
        sync__test_orders="every_order_keeps_every_value_and_asks_the_same",
        e2e__test_window_sync="two_desks_meet_again_in_the_window",
    ),
    21: _of(
        "edited here, made void there",
        sync__server__test_conformance="a_void_behind_an_edit_asks_and_an_edit_behind_a_void_too",
        sync__test_merge="a_void_behind_somebody_elses_edit_is_a_proposal"
        " an_edit_of_a_void_record_asks_whether_to_restore_it",
        sync__test_conflicts="a_void_proposal_may_be_accepted an_edit_of_a_void_record_may_be_let_in",
        sync__test_narratives="who_declares_void_what_he_edited_offline_asks_if_somebody_else_wrote_in_it_too",
    ),
    22: _of(
        "the centre is restored from a backup",
        faults__test_restore="what_the_centre_lost_comes_back_from_the_desks_with_its_receipts"
        " an_operation_waits_until_what_it_stands_on_has_come_back_from_another_desk"
        " records_that_no_desk_can_explain_are_handed_to_people_and_put_back"
        " two_restores_in_a_row_and_a_desk_that_slept_through_both"
        " a_copy_of_the_whole_folder_that_nobody_declared_shows_at_the_desks"
        " dead_letters_come_back_to_the_centre_and_what_was_written_upon_one_does_not_wait_for_ever",
        faults__test_salvage="what_people_leave_out_goes_from_the_desks_that_still_show_it"
        " a_case_that_the_restored_centre_does_not_know_is_not_taken_from_its_team",
        faults__test_restore_random="many_centres_are_put_back many_desks_are_cloned_and_the_centre_put_back",
        sync__server__test_returning="what_was_accepted_is_never_refused_while_the_centre_recovers"
        " what_waits_at_the_restored_centre_keeps_the_word_that_came_with_it"
        " a_decision_that_had_counted_and_comes_after_another_one_is_a_choice_for_a_person",
    ),
    23: _of(
        "desks forget what a restored centre would need",
        sync__server__test_backups="durable_is_the_head_of_the_oldest_backup_that_is_kept"
        " a_backup_restores_and_its_abandoned_followers_count_no_more what_does_not_read_back_is_no_backup",
        faults__test_restore="two_restores_in_a_row_and_a_desk_that_slept_through_both",
    ),
    24: _of(
        "a desk is restored from a backup",
        faults__test_forks="an_older_database_put_back_is_renumbered_and_takes_back_what_it_had_sent"
        " an_older_database_with_its_journal_lacks_nothing_and_is_no_fork",
        zzdesk__ops__test_journal="an_older_database_gets_back_what_the_journal_has"
        " an_edit_that_melted_in_after_the_backup_comes_back_too"
        " a_kill_leaves_database_and_journal_in_agreement",
    ),
    25: _of(
        "a disk image is cloned",
        faults__test_forks="two_clones_of_a_desk_go_on_and_nothing_is_lost_or_doubled"
        " an_edit_that_both_copies_carried_on_with_becomes_a_conflict_of_both_values"
        " a_home_copied_to_another_machine_sends_nothing_until_it_is_enrolled_there",
        sync__bundle__test_bundle_again="a_copied_desk_that_only_the_stick_connects_tells_its_operations_apart_as_well",
        sync__test_enrol="a_copy_of_the_home_on_another_machine_has_to_enrol_anew",
        sync__server__test_conformance="a_cloned_disk_is_told_that_its_number_is_taken",
    ),
    26: _of(
        "a disk is full or read-only",
        faults__test_disks="a_desk_whose_disk_runs_full_in_a_round_keeps_everything"
        " what_a_desk_said_was_saved_on_a_full_disk_is_saved"
        " a_centre_whose_disk_runs_full_answers_that_it_failed_and_takes_everything_later"
        " a_desk_on_a_read_only_disk_says_so_and_opens_again_afterwards",
        faults__test_full_disk="on_a_full_disk_a_desk_still_sends_what_it_has",
    ),
    27: _of(
        "a captive portal or somebody else answers",
        faults__test_transport="a_forged_answer_changes_nothing_and_is_named",
        faults__test_lines="a_round_on_a_broken_line_ends_and_the_next_one_sends_everything",
        sync__test_files="a_yes_from_somebody_else_is_not_believed",
        sync__server__test_program="a_desk_says_that_it_does_not_trust_the_certificate_until_it_is_given",
    ),
    28: _of(
        "bodies that are bombs, too large or too deep",
        sync__test_protocol="a_bomb_is_stopped_by_its_ratio_long_before_it_is_big"
        " a_body_too_long_on_the_wire_is_stopped a_push_holds_so_many_operations_and_no_more",
        sync__server__test_entrance="what_breaks_a_limit_is_refused_and_harms_nothing"
        " no_message_makes_the_centre_fail",
        sync__server__test_openapi="no_request_of_its_own_description_breaks_it",
    ),
    29: _of(
        "something is sent once more by somebody else",
        sync__server__test_conformance="another_devices_replica_may_not_be_used one_id_with_two_contents_is_refused",
        sync__server__test_entrance="a_token_needs_the_devices_own_key a_token_cannot_be_altered",
        sync__bundle__test_bundle_again="a_bundle_that_comes_again_changes_nothing_and_is_answered_alike",
        sync__test_wiping="an_old_order_is_not_obeyed_again_by_a_device_that_was_let_in_once_more",
        sync__server__test_blobs_rights="naming_a_hash_in_a_record_of_ones_own_gives_no_bytes"
        " an_answer_made_with_another_token_or_from_another_file_shows_nothing",
        sync__test_births="one_signature_vouches_for_all_operations_of_an_author_and_for_no_others",
    ),
    30: _of(
        "desk and centre differ and nobody notices",
        faults__test_digests="a_value_flipped_in_a_row_is_found_and_fetched_again"
        " a_lost_row_and_a_lost_note_of_it_come_back"
        " what_repair_does_not_mend_stays_visible_and_leaves_a_file_without_values"
        " kept_digests_are_the_recomputed_ones_after_any_history",
    ),
    31: _of(
        "a mistake evicts everything",
        sync__test_withdrawal="more_than_that_stops_the_round_and_asks what_an_operator_announced_needs_no_question"
        " what_may_leave_leaves",
    ),
    32: _of(
        "a message that was long on its way",
        zzdesk__ops__test_fold="an_answer_that_was_long_on_its_way_does_not_undo_what_came_since"
        " a_stale_or_repeated_page_changes_nothing",
        sync__bundle__test_bundle_again="an_older_answer_does_not_undo_a_newer_one",
        faults__test_machine="nothing_is_lost_on_sqlite",
    ),
    33: _of(
        "two programs on one database",
        faults__test_together="a_second_synchronisation_of_one_desk_is_told_to_wait",
        zzdesk__store__test_locks="another_process_is_seen_and_its_death_frees_the_lock",
        zzdesk__store__test_engine="another_process_that_writes_makes_us_wait_but_we_can_read",
        zzdesk__ops__test_journal="what_is_saved_is_said_to_be_saved_though_another_program_holds_the_journal",
    ),
    34: _of(
        "an edit while its predecessor is on its way",
        zzdesk__ops__test_capture="a_sealed_operation_never_changes"
        " edits_within_thirty_seconds_join_the_unsealed_operation",
        sync__test_files="what_somebody_writes_meanwhile_goes_before_the_next_chunk",
        faults__test_machine="nothing_is_lost_on_sqlite",
    ),
    35: _of(
        "an exchange that hangs for ever",
        faults__test_lines="a_round_on_a_broken_line_ends_and_the_next_one_sends_everything"
        " with_the_time_outs_as_they_are_it_recovers_within_two_minutes",
        sync__test_files="what_only_trickles_is_ended",
        ui__pages__test_sync="a_line_that_swallows_everything_is_said_to_be_stuck_and_can_be_stopped",
    ),
    36: _of(
        "everybody comes at half past eight",
        sync__test_pace="desks_that_lost_the_centre_together_do_not_come_back_together"
        " it_never_comes_before_the_centre_said",
        sync__server__test_turns="the_urgent_one_has_a_place_of_its_own_and_goes_before_who_waits",
        sync__server__test_throttle="a_device_that_asks_without_end_is_told_to_wait_and_others_are_not",
        sync__test_claims="a_claim_goes_in_front_of_everything_alone_and_in_one_request",
        bench__test_exchange="a_herd_loses_nothing_and_nobody_wins_twice",
    ),
    37: _of(
        "a merge is decided before its row is locked",
        sync__server__test_races="two_desks_edit_one_field_at_once_and_one_of_them_gets_a_conflict",
    ),
    38: _of(
        "a standby takes the place of the primary",
        faults__test_failover="a_standby_that_was_promoted_lacks_the_last_pushes_and_gets_them_back",
    ),
    39: _of(
        "a stick is lost, altered, half-written, or somebody else's",
        sync__bundle__test_bundle_altered="a_flipped_bit_is_found_at_the_centre a_flipped_bit_is_found_at_the_desk"
        " a_cut_file_is_found_wherever_it_was_cut frames_in_another_order_are_found",
        sync__bundle__test_bundle_foreign="nobody_on_the_way_can_read_it an_answer_is_for_one_desk_only"
        " another_centre_refuses_and_is_refused",
        sync__bundle__test_bundle_again="the_operations_wait_until_a_receipt_comes_back"
        " a_stick_that_is_pulled_out_leaves_everything_pending",
    ),
    40: _of(
        "several people at one kiosk",
        sync__test_quarantine="work_after_the_offline_log_in_expired_waits_and_is_not_refused_on_the_desk"
        " two_people_at_one_desk_are_told_apart_at_the_centre",
        sync__test_trust="one_persons_work_travels_in_anothers_round",
        sync__test_greeting="the_end_of_log_ins_without_the_centre_follows_its_policy",
        sync__test_supervising="it_is_let_through_with_a_reason_and_both_desks_learn_of_it",
        ui__test_window="nobody_there_for_a_while_locks",
    ),
    41: _of(
        "nobody looks at a conflict",
        sync__server__test_people_decide="a_conflict_is_somebodys_by_a_day_and_then_the_supervisors",
        sync__test_deciding="a_conflict_is_somebodys_and_the_list_of_ones_own_shows_it",
        sync__test_conflicts="a_conflict_belongs_to_who_holds_the_record_else_to_who_recorded_it_or_to_a_role"
        " an_escalated_conflict_may_still_be_decided_by_who_was_at_it",
        sync__test_street="it_goes_up_step_by_step_and_the_street_office_decides",
    ),
    42: _of(
        "a harness that proves nothing",
        faults__test_mutants="every_mutant_still_fits_the_code the_code_as_it_is_passes_the_walks"
        " a_mutant_is_noticed",
        faults__test_machine="nothing_is_lost_in_a_long_run_on_sqlite nothing_is_lost_in_a_long_run_on_postgresql",
    ),
}


def names_of_tests(file: Path) -> frozenset[str]:
    """Return the names of the test functions of a file."""
    tree = ast.parse(file.read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def main(arguments: list[str]) -> int:
    """Print the table, or the tests of the hazards that were asked for."""
    chosen = [int(word) for word in arguments]
    for number in chosen or HAZARDS:
        hazard = HAZARDS[number]
        if not chosen:
            print(f"{number}  {hazard.what}")
        for test in hazard.tests:
            print(f"tests/{test}" if chosen else f"      {test}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
