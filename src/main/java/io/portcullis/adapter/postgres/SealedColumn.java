package io.portcullis.adapter.postgres;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.function.Function;

/**
 * A column of sealed values, where all that is in it can be found and sealed anew.
 *
 * @param key the columns of the primary key; by them a row is named in the log
 * @param column a {@code bytea}, null where there is nothing
 * @param place with what the value in a row is sealed; the row has all of its columns
 */
record SealedColumn(String table, List<String> key, String column, Function<Row, byte[]> place) {}
