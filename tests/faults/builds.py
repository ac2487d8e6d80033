"""The builds broken on purpose: where, how, and the test that has to notice. Run by mutants.py."""

from dataclasses import dataclass

MESSAGING = "shared/src/shared/messaging/"
BATCH, CORE, STORE = f"{MESSAGING}batch.py", f"{MESSAGING}core.py", f"{MESSAGING}store.py"
COMMITS, ROWS, OUTBOX = f"{MESSAGING}commits.py", f"{MESSAGING}rows.py", f"{MESSAGING}outbox.py"
INTAKE, CODEC, RELAY = f"{MESSAGING}intake.py", f"{MESSAGING}codec.py", f"{MESSAGING}relay.py"
KILLS, RECORDS, OWNERSHIP = "tests/faults/test_kills.py::", "tests/faults/test_records.py::", "tests/faults/test_ownership.py::"
DATABASE, BROKER, ORDER = "tests/faults/test_database.py::", "tests/faults/test_broker_loss.py::", "tests/faults/test_order.py::"
UNIT = "tests/unit/shared/"
IN_LINE = "tests/unit/support/test_successions_in_line.py::"
SUCCESSIONS = "tests/unit/support/test_successions.py::"
REBUILD, DIFFERING = "tests/faults/test_rebuild.py::", "test_documents_that_differ_are_named_and_changed_over_only_where_accepted"
SPILL = "shared/src/shared/rebuild/spill.py"
CHANGE = "shared/src/shared/rebuild/rebuild.py"
RESTART = UNIT + "test_restart.py::"
BY_DAY = "tests/integration/test_reader.py::test_day_is_read_later_as_it_was_at_its_end"
QUEUES, CLOSING = f"{MESSAGING}queues.py", f"{MESSAGING}closing.py"
VALUES = "tests/unit/reporting/test_values.py::"
YEAR_OF_SUPPORT = "tests/scenarios/test_support.py::test_every_figure_is_the_one_reckoned_apart"
LINES = "services/support/src/support/domain/lines.py"
SLOW = "tests/unit/support/test_slow_ledger.py::"
RACE = "tests/faults/test_support_race.py::"
ON_REQUEST = RACE + "test_first_hundred_of_the_lines_log_are_granted_when_an_instance_is_killed[tansu]"
AT_THE_DAY = RACE + "test_first_hundred_by_rank_are_granted_at_the_day_when_an_instance_is_killed[tansu]"
LINE_DAY = "tests/unit/support/test_line_day.py::"
CORE_KILLED = KILLS + "test_events_take_effect_once_when_the_core_is_killed"
OTHERS_KILLED = KILLS + "test_events_take_effect_once_when_intake_or_relay_is_killed"


@dataclass(frozen=True)
class Mutant:
    """A build broken at one place (or at several that cover for each other), and the test that has to notice."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    test: str


def mutant(name: str, file: str, test: str, *texts: str) -> Mutant:
    """`texts` are old and new in turn; each old one stands in the file exactly once."""
    return Mutant(name, file, tuple(zip(texts[::2], texts[1::2], strict=True)), test)


MUTANTS = [
    # Guarantee 1: exactly once
    mutant(
        "inbox-off",
        STORE,
        RECORDS + "test_effects_are_single_when_everything_is_sent_ten_times[tansu]",
        "InsertOne(row)",
        'UpdateOne({"_id": id}, {"$set": {"p": batch.number, "content": content, "outcome": outcome}}, upsert=True)',
    ),
    mutant(
        "compare-and-set-off",
        ROWS,
        OWNERSHIP + "test_zombie_is_fenced_when_it_wakes_after_a_takeover[before_transaction]",
        'where = {"_id": batch.number, "fence": fence, "generation": generation, "next": batch.began_at}',
        'where = {"_id": batch.number}',
    ),
    mutant(
        "position-outside-the-transaction",
        STORE,
        KILLS + "test_successor_goes_on_within_seconds_when_killed_inside_the_transaction[tansu]",
        ".bulk_write(writes.positions, session=session)",
        ".bulk_write(writes.positions)",
    ),
    mutant(
        "played-ahead-stands-on-what-was-dropped",
        COMMITS,
        UNIT + "test_commits.py::test_playing_ahead_ends_as_one_batch_after_the_other",
        "if not self.over and all(batch.stands for _, batch in work):",
        "if not self.over:",
    ),
    mutant(
        "loaded-before-a-commit-kept-after-it",
        COMMITS,
        UNIT + "test_commits.py::test_what_was_loaded_before_a_commit_does_not_replace_what_memory_has_after_it",
        "if partition.next == position:",
        "if True:",
    ),
    mutant(
        "two-transactions-at-once",
        COMMITS,
        UNIT + "test_commits.py::test_playing_ahead_ends_as_one_batch_after_the_other",
        "            await self.settled()\n            # What",
        "            # What",
        "if not self.over and all(batch.stands for _, batch in work):",
        "if not self.over:",
    ),
    mutant(
        "lost-answer-taken-for-another-owner",
        COMMITS,
        UNIT + "test_commits.py::test_playing_ahead_ends_as_one_batch_after_the_other",
        "            await self._check_committed(work)\n",
        "            raise\n",
    ),
    mutant(
        "sent-before-it-is-committed",
        COMMITS,
        UNIT + "test_commits.py::test_nothing_is_sent_or_kept_when_the_partitions_go_before_the_commit",
        "        backoff = Backoff()\n",
        "        backoff = Backoff()\n        self._after(work, started)\n",
    ),
    mutant(
        "kill-sessions-off",
        STORE,
        KILLS + "test_successor_goes_on_within_seconds_when_killed_inside_the_transaction[tansu]",
        'await self.database.end_session(found["session"])',
        "pass",
    ),
    mutant(
        "committed-offset-instead-of-position",
        CORE,
        DATABASE + "test_state_is_reached_again_when_the_database_is_put_back",
        "self.consumer.seek(TopicPartition(self.service.log, number), owned.partition.next)",
        "pass",
        "if fresh and fresh[0].offset != position:",
        "if False:",
    ),
    mutant(
        "intake-notes-before-it-appends",
        INTAKE,
        OTHERS_KILLED + "[before_append]",
        "                self._appending = len(ready)\n",
        "                self._appending = len(ready)\n"
        "                for record in ready:\n"
        "                    positions[(record.topic, record.partition)] = record.offset + 1\n"
        "                await self._store.save_intake(owned, positions)\n",
    ),
    mutant(
        "epoch-ignored",
        STORE,
        BROKER + "test_nothing_is_lost_or_done_twice_when_the_broker_has_lost_its_log",
        'found["published"], found["epoch"] != epoch',
        'found["published"], False',
    ),
    mutant(
        "states-not-made-again",
        CORE,
        BROKER + "test_nothing_is_lost_or_done_twice_when_the_broker_has_lost_its_log",
        "            await self._send_states(owned)\n",
        "            pass\n",
    ),
    mutant(
        "transient-error-taken-for-success",
        "shared/src/shared/mongo.py",
        DATABASE + "test_events_take_effect_once_when_the_database_is_killed",
        "            attempt += 1\n",
        "            return None\n",
    ),
    mutant(
        "commit-not-retried",
        "shared/src/shared/mongo.py",
        "tests/integration/test_mongo.py::test_transaction_writes_once_when_the_server_fails[commit-unknown]",
        'if not error.has_error_label("UnknownTransactionCommitResult") or clock() > deadline:',
        "if True:",
    ),
    mutant(
        "indexes-of-new-collections-only",
        "shared/src/shared/messaging/store.py",
        "tests/integration/test_reader.py::test_documents_of_a_version_without_indexes_get_those_of_this_one",
        "await self.database.make(found_by(self.service, {*RUNTIME, *kept}))",
        "await self.database.make(dict.fromkeys(RUNTIME, ()))",
    ),
    mutant(
        "each-correction-asked-for-by-itself",
        "services/reporting/src/reporting/repository/past.py",
        "tests/unit/reporting/test_questions.py::test_rows_reported_twice_are_asked_for_at_once",
        "await reader.history(Contribution, [row.id for row in corrected]) if corrected else []",
        "[v for row in corrected for v in await reader.history(Contribution, [row.id])]",
    ),
    mutant(
        "question-that-no-index-answers",
        "services/reporting/src/reporting/repository/rows.py",
        "tests/unit/reporting/test_questions.py::test_page_asks_few_questions_as_many_with_more_enterprises_and_each_by_an_index",
        'return await reader.list(Contribution, {"id": ids})',
        'return [r for y in years for r in await reader.list(Contribution, {"measure": measure.value}) if r.year == y]',
    ),
    # Guarantee 2: in order, without a gap
    mutant(
        "published-before-it-is-sent",
        ROWS,
        CORE_KILLED + "[after_transaction-tansu]",
        '"published": published,',
        '"published": batch.outbox.counter,',
    ),
    mutant("leftovers-not-sent", CORE, CORE_KILLED + "[before_publishing-tansu]", "await self._send_leftovers(owned)", "pass"),
    mutant(
        "nothing-sent-for-the-dead-one",
        CORE,
        KILLS + "test_the_other_instance_goes_on_when_one_of_two_is_killed[tansu]",
        "await self._send_leftovers(owned)",
        "pass",
    ),
    mutant(
        "sent-backwards",
        RELAY,
        OWNERSHIP + "test_order_is_kept_when_a_zombie_publishes_what_its_successor_published",
        "for event in row.events):",
        "for event in row.events[::-1]):",
    ),
    mutant(
        "ids-by-chance",
        OUTBOX,
        OTHERS_KILLED + "[after_publishing]",
        "attributes_of(data, id=id, time=cause.time,",
        'attributes_of(data, id=str(__import__("uuid").uuid4()), time=cause.time,',
    ),
    mutant(
        "followers-not-held",
        BATCH,
        RECORDS + "test_followers_of_a_poison_record_go_on_in_order_when_it_is_decided[redrive]",
        "elif record.subject in self.held:",
        "elif False:",
    ),
    mutant(
        "key-of-the-publisher",
        CODEC,
        RECORDS + "test_order_of_each_account_is_kept_when_the_publisher_partitions_by_crc32",
        "Entry(route.key_of(event.data), kind,",
        'Entry(route.key and (received.key or b"none").decode(), kind,',
        "Entry(route.key_of(event.data), event.type,",
        'Entry(route.key and (received.key or b"none").decode(), event.type,',
    ),
    mutant(
        "merge-off",
        INTAKE,
        ORDER + "test_nothing_is_handled_after_a_later_tick_when_the_service_is_a_year_behind[tansu]",
        "if behind or (tick and not await self._read_to_the_end(first)):",
        "if False:",
    ),
    mutant(
        "tick-not-held",
        INTAKE,
        UNIT + "test_merge.py::test_tick_is_held_for_records_the_client_has_not_heard_of",
        "if behind or (tick and not await self._read_to_the_end(first)):",
        "if behind:",
    ),
    mutant(
        "tick-first-on-equal-times",
        INTAKE,
        ORDER + "test_nothing_is_handled_after_a_later_tick_when_the_service_is_a_year_behind[tansu]",
        "return record.timestamp, tick, record.topic, record.partition",
        "return record.timestamp, not tick, record.topic, record.partition",
    ),
    mutant(
        "stop-does-not-drain",
        CORE,
        OWNERSHIP + "test_nothing_is_published_again_when_an_instance_is_asked_to_stop[tansu]",
        "        if self.owned:\n            await self.relay.drain(3.0)",
        "        if False:\n            await self.relay.drain(3.0)",
    ),
    # Guarantee 3: nothing dropped silently
    mutant(
        "refusals-dropped",
        CODEC,
        RECORDS + "test_247_effects_when_a_batch_of_250_holds_three_bad_records",
        "    except Refusal as refusal:\n        return _refuse(refusal, raw, received, topic, service)",
        "    except Refusal:\n        return None",
    ),
    mutant(
        "poison-not-isolated",
        BATCH,
        RECORDS + "test_247_effects_when_a_batch_of_250_holds_three_bad_records",
        "            self._dead_letter(record, event, error)\n            return False",
        "            raise error",
    ),
    mutant(
        "poison-passed-over",
        BATCH,
        RECORDS + "test_247_effects_when_a_batch_of_250_holds_three_bad_records",
        "            self._dead_letter(record, event, error)\n            return False",
        '            self._settle(record, "handled")\n            return True',
    ),
    mutant(
        "subscriber-raises",
        CORE,
        RECORDS + "test_readiness_tells_when_a_batch_cannot_be_written",
        "                except Exception as error:  # FastStream",
        "                except MemoryError as error:  # FastStream",
    ),
    mutant(
        "contract-learned-not-said",
        CORE,
        RECORDS + "test_unknown_type_of_a_city_topic_is_answered_and_of_our_own_waits",
        "await self._say_what_was_learned(owned)",
        "pass",
    ),
    mutant(
        "content-of-duplicates-not-compared",
        BATCH,
        RECORDS + "test_first_content_stands_when_an_id_is_used_again_for_other_content",
        "before != record.content",
        "False",
    ),
    mutant(
        "readiness-blind",
        "shared/src/shared/process.py",
        DATABASE + "test_service_waits_when_the_database_is_frozen",
        "await asyncio.wait_for(self.database.ping(), 2)",
        "await asyncio.sleep(0)",
    ),
    mutant(
        "broadcast-to-one-partition",
        INTAKE,
        ORDER + "test_nothing_is_handled_after_a_later_tick_when_the_service_is_a_year_behind[tansu]",
        "numbers = range(count) if entry.key is None else",
        "numbers = [0] if entry.key is None else",
    ),
    # Guarantee 4: nothing overspent, first in the log first served
    mutant("money-not-counted", LINES, ON_REQUEST, '            has["reserved"] += amount\n', "            pass\n"),
    mutant(
        "last-come-first-served",
        LINES,
        ON_REQUEST,
        "return self.but(queue=(*self.queue, claim))",
        "return self.but(queue=(claim, *self.queue)) if claim.request_id > 'r1' else self",
    ),
    mutant(
        "handed-over-beside-what-was-said-before",
        f"{MESSAGING}relay.py",
        UNIT + "test_relay.py::test_what_is_handed_over_is_behind_all_that_was_said_before",
        "            waves.append([])\n",
        "            pass\n",
    ),
    mutant(
        "invoice-in-other-letters-is-another",
        "services/support/src/support/domain/scarce.py",
        "tests/unit/support/test_scarce.py::test_invoice_is_one_cost_however_its_letters_are_written",
        "normalize('NFC', evidence_id).casefold()",
        "normalize('NFC', evidence_id)",
    ),
    mutant(
        "supported-again-under-a-new-tax-code",
        "services/support/src/support/handlers/successions.py",
        SUCCESSIONS + "test_what_a_former_code_has_counts_under_the_new_one",
        "    Activity: lambda former, home, event, unit: receive_activity(former, home, event.data.why, unit),\n",
        "    Activity: lambda former, home, event, unit: None,\n",
    ),
    mutant(
        "what-comes-for-a-former-code-stays-there",
        "services/support/src/support/handlers/homes.py",
        SUCCESSIONS + "test_grant_lives_on_under_the_new_code_wherever_in_its_life_that_comes",
        "raise Forward(former.tax_code)",
        "pass",
    ),
    mutant(
        "waits-for-a-recognition-for-ever-after-a-succession",
        "services/support/src/support/handlers/consequences.py",
        IN_LINE + "test_successions_in_the_midst_of_everything_lose_nothing_and_give_nothing_twice",
        "    keep_waiting(waiting, unit)\n",
        "",
    ),
    mutant(
        "two-of-one-enterprise-after-a-succession",
        "services/support/src/support/handlers/overlap.py",
        IN_LINE + "test_successions_in_the_midst_of_everything_lose_nothing_and_give_nothing_twice",
        "    _meet_each_other((activity.request_id, *activity.also), why, unit)\n",
        "",
    ),
    # Guarantee 5: state is a function of the log
    mutant(
        "time-from-the-clock",
        OUTBOX,
        DATABASE + "test_state_is_reached_again_from_an_empty_database",
        "time=cause.time, source=SOURCE_PREFIX",
        "time=datetime.now(UTC), source=SOURCE_PREFIX",
    ),
    mutant(
        "log-not-made-again",
        CORE,
        BROKER + "test_what_was_on_its_way_arrives_when_the_broker_has_lost_its_log",
        "await self._make_log_again(self.owned[number])",
        "await self.store.start_over(self.owned[number])",
    ),
    mutant(
        "forgets-what-was-changed",
        BATCH,
        UNIT + "test_batch_any_split.py::test_any_split_into_batches_gives_the_same_documents_events_and_outcomes",
        "            partition.documents[key] = document\n",
        "            partition.documents.setdefault(key, document)\n",
    ),
    mutant(
        "past-day-overwritten",
        f"{MESSAGING}versions.py",
        UNIT + "test_versions.py::test_what_each_day_left_is_kept",
        "if before is not None and before.kept_since < today:",
        "if False:",
    ),
    mutant(
        "change-on-a-later-day-dated-back",
        f"{MESSAGING}versions.py",
        UNIT + "test_versions.py::test_versions_that_stood_on_a_day_are_what_was_there_at_its_end",
        "return after.kept_from(today) if after is not None else None",
        "return after.kept_from(before.kept_since if before else today) if after is not None else None",
    ),
    mutant(
        "day-forgotten-when-it-is-loaded-again",
        ROWS,
        BY_DAY,
        "return document.kept_from(date.fromisoformat(since)) if since else document",
        "return document",
    ),
    mutant(
        "older-version-shows-through",
        f"{MESSAGING}reader.py",
        BY_DAY,
        '"_until": {"$gt": day}}',
        '"_until": {"$gte": day}}',
    ),
    mutant(
        "earlier-versions-not-written",
        STORE,
        BY_DAY,
        "for version in batch.versions:",
        "for version in ():",
    ),
    mutant(
        "past-day-shows-the-present",
        "services/reporting/src/reporting/pages/day.py",
        "tests/unit/reporting/test_past_days.py::test_past_day_is_answered_as_it_was_at_its_end",
        "    return PastReader(reader, begun, on)",
        "    return reader",
    ),
    mutant(
        "story-in-order-of-time",
        "services/reporting/src/reporting/domain/ledger.py",
        "tests/unit/reporting/test_grant_ledger.py::test_order_of_a_story_is_that_of_its_publisher",
        'if name == "~" else one.sequence or ""',
        'if name else one.sequence or ""',
    ),
    mutant(
        "what-comes-before-the-decision-is-lost",
        "services/reporting/src/reporting/handlers/support.py",
        "tests/unit/reporting/test_grant_ledger.py::test_facts_in_any_order_of_arrival_give_the_same_document",
        "news = news.with_facts(*aside.facts)",
        "news = news.with_facts()",
    ),
    mutant(
        "link-of-a-past-day-leads-to-the-present",
        "services/reporting/src/reporting/pages/rendering.py",
        "tests/unit/reporting/test_past_days.py::test_page_of_a_past_day_says_so_and_leads_to_the_same_day",
        "    on = asked().on\n",
        "    on = None\n",
    ),
    mutant(
        "district-of-today-for-every-year",
        "services/reporting/src/reporting/domain/enterprise.py",
        "tests/unit/reporting/test_register_pages.py::test_district_of_a_certificate_is_that_of_its_year",
        "if entry.since.year <= year]",
        "]",
    ),
    mutant(
        "publication-of-a-year-shows-today",
        "services/reporting/src/reporting/domain/supporting_industry.py",
        "tests/unit/reporting/test_cnht.py::test_supplier_stands_as_at_the_end_of_a_year",
        "if listing.on.year <= year]",
        "]",
    ),
    mutant(
        "search-without-a-bound",
        "services/reporting/src/reporting/repository/products.py",
        "tests/unit/reporting/test_register_pages.py::test_search_looks_at_no_more_than_its_bound_and_says_so",
        "limit=LOOKED_AT + 1)",
        "limit=None)",
        "if len(seen) <= LOOKED_AT:",
        "if True:",
    ),
    # Documents built anew
    mutant(
        "generation-outside-the-transaction",
        CHANGE,
        REBUILD + "test_old_documents_or_new_ones_are_in_use_wherever_a_rebuild_is_killed",
        ".bulk_write(moves, session=session)",
        ".bulk_write(moves)",
    ),
    mutant(
        "generation-not-compared",
        ROWS,
        REBUILD + "test_batch_that_was_played_over_the_old_documents_is_played_again",
        '"fence": fence, "generation": generation, "next"',
        '"fence": fence, "next"',
    ),
    mutant(
        "reader-of-what-was-dropped",
        "shared/src/shared/messaging/generations.py",
        REBUILD + "test_readers_are_answered_all_through_a_rebuild",
        "            if self._number == number:\n                return found",
        "            return found",
    ),
    mutant(
        "spilled-document-told-once",
        SPILL,
        "tests/unit/shared/test_building.py::test_built_in_little_memory_ends_as_played",
        "CASE told WHEN 0 THEN 0 ELSE 2 END",
        "told",
    ),
    mutant(
        "changed-over-without-looking-at-the-positions",
        CHANGE,
        REBUILD + "test_what_is_committed_before_the_change_is_in_the_new_documents",
        '"received": received, "generation": self.old',
        '"generation": self.old',
    ),
    mutant(
        "differences-changed-over",
        "shared/src/shared/rebuild/command.py",
        REBUILD + DIFFERING,
        "if differing and not accept:",
        "if False:",
    ),
    mutant(
        "rebuild-taken-for-another-owner",
        COMMITS,
        UNIT + "test_commits.py::test_playing_ahead_ends_as_one_batch_after_the_other",
        "raise Superseded(",
        "raise Fenced(",
    ),
    mutant("held-not-changed-over", CHANGE, REBUILD + DIFFERING, "                self._write_held(held, session)\n", ""),
    mutant("states-of-a-rebuild-not-sent", CORE, REBUILD + DIFFERING, "        if owned.republish:", "        if False:"),
    mutant(
        "gone-states-not-buried",
        "shared/src/shared/rebuild/worker.py",
        REBUILD + DIFFERING,
        "        if rows:",
        "        if False:",
    ),
    mutant(
        "evicted-without-being-written",
        "shared/src/shared/rebuild/building.py",
        UNIT + "test_building.py::test_built_in_little_memory_ends_as_played",
        "        self._spill.write({key",
        "        dict({key",
    ),
    mutant(
        "reused-id-played-again",
        "shared/src/shared/rebuild/building.py",
        UNIT + "test_building.py::test_other_content_under_a_known_id_has_no_effect_when_built",
        "            if ordinal in skip:",
        "            if False:",
    ),
    # The state machine alone
    mutant(
        "changes-of-a-refused-record-kept",
        BATCH,
        UNIT + "test_batch.py::test_changes_and_events_of_a_refused_record_are_dropped",
        "        except Refusal as refusal:\n",
        "        except Refusal as refusal:\n            self._keep_changes(unit)\n",
    ),
    mutant(
        "waiting-never-released",
        BATCH,
        RECORDS + "test_postings_wait_in_order_for_an_account_of_their_partition",
        "        for key in created:\n            self._release(key)",
        "        return",
    ),
    mutant(
        "patience-a-day-short",
        BATCH,
        UNIT + "test_batch.py::test_waiting_ends_after_so_many_business_days",
        "self.calendar.between(head.since, self.day) <= route.patience",
        "self.calendar.between(head.since, self.day) < route.patience",
    ),
    mutant(
        "holidays-are-business-days",
        "shared/src/shared/business_days.py",
        UNIT + "test_business_days.py",
        "return count - sum(start < h <= end and h.weekday() < 5 for h in self.holidays)",
        "return count - sum(start < h < end and h.weekday() < 5 for h in self.holidays)",
    ),
    mutant(
        "follower-passes-only-when-it-comes",
        BATCH,
        UNIT + "test_batch.py::test_follower_passes_a_head_that_comes_to_wait_for_what_it_brings",
        "            elif not self._follower_passes(subject):\n",
        "            else:\n",
    ),
    mutant(
        "intake-stops-without-noting-how-far",
        INTAKE,
        UNIT + "test_merge.py::test_intake_that_is_asked_to_stop_notes_what_it_has_appended",
        "            if self._unnoted:\n",
        "            if False:\n",
    ),
    mutant(
        "released-by-the-order-of-a-dictionary",
        QUEUES,
        RESTART + "test_what_waits_for_one_thing_is_released_by_when_it_was_received",
        "return sorted(queues, key=lambda subject: queues[subject][0].record.ordinal)",
        "return list(queues)",
    ),
    mutant(
        "what-waits-stays-behind-when-its-key-goes-on",
        QUEUES,
        UNIT + "test_forwarding.py::test_what_waits_at_a_key_goes_on_with_it_and_nothing_else_does",
        "or (made.departs and _key_of(head, service) == made.id)",
        "",
    ),
    mutant(
        "repeat-of-a-held-record-new-to-the-inbox",
        BATCH,
        RESTART + "test_id_of_a_held_record_used_again_has_no_effect_when_both_are_handled_in_one_batch",
        "ordinal = max(record.ordinal, before[2]) if before else record.ordinal",
        "ordinal = record.ordinal",
    ),
    mutant(
        "learned-records-handled-before-their-turn",
        BATCH,
        RESTART + "test_learned_records_go_where_they_belong_and_are_handled_once",
        'for entry in self.held.pop(f"type:{kind}", deque()):',
        'for entry in self.held.get(f"type:{kind}", deque()):',
    ),
    mutant(
        "discarded-without-an-answer",
        BATCH,
        RESTART + "test_discarded_record_is_answered_with_the_operators_reason",
        "self._discard(queues.drop_head(self.held, subject).record, decided)",
        "queues.drop_head(self.held, subject)",
    ),
    mutant(
        "tick-that-waited-passed-over",
        BATCH,
        RESTART + "test_tick_that_had_to_wait_is_handled_when_it_can_be",
        "elif not self._failed_before(record):",
        "else:",
    ),
    mutant(
        "state-compared-with-what-memory-happens-to-hold",
        "shared/src/shared/messaging/unit.py",
        RESTART + "test_state_is_published_once_whatever_memory_has_forgotten",
        "            self.get(type(document), document.id)\n        self.changes[(document.collection, document.id)] = document",
        "            pass\n        self.changes[(document.collection, document.id)] = document",
    ),
    mutant(
        "refusal-as-large-as-the-record",
        CODEC,
        RESTART + "test_refusal_of_a_huge_record_fits_into_the_log",
        "value[:MOST_RAW]",
        "value",
    ),
    mutant(
        "refusal-numbered-by-its-offset",
        CODEC,
        RESTART + "test_same_broken_bytes_are_the_same_refusal_wherever_they_lie",
        "id = derived_id(received.topic, hashlib",
        "id = derived_id(received.topic, received.offset, hashlib",
    ),
    mutant(
        "sends-on-after-it-let-go",
        RELAY,
        RESTART + "test_owner_that_let_go_sends_nothing_any_more",
        "while forgotten == self._forgotten:",
        "while True:",
    ),
    mutant(
        "reads-on-behind-a-lost-end",
        CORE,
        RESTART + "test_log_that_ends_before_our_position_is_not_read_on",
        "if end is not None and end < position:",
        "if False:",
    ),
    mutant(
        "share-not-rounded-down",
        "services/support/src/support/domain/amounts.py",
        YEAR_OF_SUPPORT,
        "amount = share // ROUNDING * ROUNDING",
        "amount = share",
    ),
    mutant(
        "money-given-back-serves-nobody",
        "services/support/src/support/handlers/lines.py",
        YEAR_OF_SUPPORT,
        "_serve(_move(_line(said.thing, unit), said.kind, said.amount, said, unit), unit)",
        "unit.put(_move(_line(said.thing, unit), said.kind, said.amount, said, unit))",
    ),
    mutant(
        "paid-after-its-end-and-kept",
        "services/support/src/support/domain/grants.py",
        YEAR_OF_SUPPORT,
        "due_back = max(self.due_back, self.paid - self.entitled)",
        "due_back = self.due_back",
    ),
    mutant("money-before-its-day", LINES, AT_THE_DAY, "if not self.queue or self.allocates_on:", "if not self.queue:"),
    mutant(
        "order-of-arrival-at-the-day",
        LINES,
        AT_THE_DAY,
        "return self.but(queue=in_rank_order(self.queue), allocates_on=None)",
        "return self.but(allocates_on=None)",
    ),
    mutant(
        "priority-of-the-first-ask",
        LINES,
        LINE_DAY + "test_holders_of_a_recognition_in_force_are_first_whenever_it_is_heard_of",
        "return self.but(queue=with_newer(self.queue, claim)) if self.allocates_on else self",
        "return self",
    ),
    mutant(
        "line-closed-without-a-word",
        "services/support/src/support/handlers/lines.py",
        LINE_DAY + "test_who_stood_in_line_before_the_day_was_named_is_told_and_can_still_become_first",
        '        answer(line.id, claim, "queued", unit, allocates_on=line.allocates_on)\n',
        "        pass\n",
    ),
    mutant(
        "order-not-told-to-the-line",
        "services/support/src/support/handlers/ledger.py",
        SLOW + "test_ledger_is_what_a_slow_calculation_says_after_every_event",
        '"order": max(0, ordered),',
        '"order": 0,',
    ),
    mutant(
        "failed-order-taken-for-paid",
        LINES,
        SLOW + "test_ledger_is_what_a_slow_calculation_says_after_every_event",
        '    "fail": ("paying", "committed"),',
        '    "fail": ("paying", "paid"),',
    ),
    mutant(
        "merged-enterprise-twice-in-a-phase",
        "services/reporting/src/reporting/repository/rows.py",
        "tests/unit/reporting/test_counted.py::test_phase_holds_what_its_years_have_together_each_enterprise_once",
        "found.setdefault(_in_the_end(row.about, successors), row)",
        "found.setdefault(row.about, row)",
    ),
    mutant(
        "overlapping-periods-add-up",
        "services/reporting/src/reporting/domain/city_figures.py",
        "tests/unit/reporting/test_city_figures.py::test_figure_that_may_not_be_taken_is_answered_and_changes_nothing",
        "if ground.about != about(said) and period.overlaps(other):",
        "if ground.about == about(said) and not period.overlaps(other):",
    ),
    mutant(
        "part-of-a-year-as-the-whole",
        "services/reporting/src/reporting/domain/rows.py",
        "tests/unit/reporting/test_indicators.py::test_value_of_an_indicator_from_its_rows",
        "return None in parts or sum(days for days in parts if days) == days_of(self.year)",
        "return True",
    ),
    mutant(
        "list-forgotten-at-new-year",
        "services/reporting/src/reporting/handlers/days.py",
        "tests/unit/reporting/test_counted.py::test_enterprise_of_the_list_counts_in_each_year_at_whose_end_it_is_there",
        "recount(supplier, supplier.counted_up_to(day.year), day, unit)",
        "pass",
    ),
    mutant(
        "any-agency-reports-on-a-task",
        "services/reporting/src/reporting/domain/tasks.py",
        "tests/unit/reporting/test_tasks.py::test_what_a_task_cannot_take_is_answered_and_changes_nothing",
        "if said.agency not in self.agencies:",
        "if False:",
    ),
    mutant(
        "state-again-numbered-as-the-next-event",
        f"{MESSAGING}outbox.py",
        UNIT + "test_states_again.py::test_reader_that_keeps_the_highest_sequence_takes_every_newer_state_and_no_older_one",
        'f"{self._place(self.counter - 1)}.{generation:06d}"',
        "self._place(self.counter)",
    ),
    mutant(
        "state-gone-only-with-its-document",
        "shared/src/shared/rebuild/proof.py",
        UNIT + "test_states_again.py::test_state_that_a_rebuild_does_not_have_is_taken_away",
        "if state is not None and (new is None or new.published_state() is None):",
        "if state is not None and new is None:",
    ),
    mutant(
        "day-not-told-again-after-a-rebuild",
        CLOSING,
        UNIT + "test_closing.py::test_day_is_looked_at_again_when_the_documents_were_built_anew",
        "generation != self._told[0] or day",
        "day",
    ),
    mutant(
        "day-over-before-every-partition-has-begun-the-next",
        CLOSING,
        UNIT + "test_closing.py::test_day_is_told_when_every_partition_has_begun_a_later_one_and_then_no_more",
        "min(known) - A_DAY",
        "max(known) - A_DAY",
    ),
    mutant(
        "day-told-before-the-log-is-handled",
        CLOSING,
        UNIT + "test_closing.py::test_what_lies_in_the_log_is_handled_first",
        "return all(reached[number] >= end for number, end in self._ends.items())",
        "return True",
    ),
    mutant(
        "day-told-by-who-lost-the-first-partition",
        CLOSING,
        UNIT + "test_closing.py::test_who_lost_the_first_partition_while_it_read_tells_nothing",
        "            return  # its next owner tells it",
        "            pass",
    ),
    mutant(
        "same-id-for-other-values-of-a-day",
        CLOSING,
        UNIT + "test_closing.py::test_other_content_of_the_same_day_has_another_id",
        "data.contract.type, said)",
        "data.contract.type, key)",
    ),
    mutant(
        "older-value-over-a-newer-one",
        "services/reporting/src/reporting/handlers/values.py",
        VALUES + "test_later_day_stands_whatever_comes_in_late",
        "known.as_of <= told.as_of and known.said != said",
        "known.said != said",
    ),
    mutant(
        "values-of-now-told-as-of-the-day",
        "services/reporting/src/reporting/repository/values.py",
        VALUES + "test_values_after_every_day_are_those_of_the_file_of_that_day",
        "await rows_of_year(past, year)",
        "await rows_of_year(reader, year)",
    ),
    mutant(
        "value-that-is-gone-stays-on-the-topic",
        "services/reporting/src/reporting/repository/values.py",
        VALUES + "test_value_that_is_gone_is_taken_away_and_can_come_back",
        "        elif known is not None and known.exact is not None:\n            yield _gone(known)\n",
        "",
    ),
]
