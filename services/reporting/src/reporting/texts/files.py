"""Labels of the page of files."""

from shared.words import Words

PAGE = {
    "files": Words("Tệp dữ liệu", "Files"),
    "files_note": Words(
        "XLSX để xem; CSV (UTF-8, ngày ISO 8601, tiền là số nguyên đồng), JSON và NDJSON cho máy. Mỗi tệp ghi rõ năm và ngày "
        "của số liệu trong tên.",
        "XLSX is for people; CSV (UTF-8, ISO 8601 dates, money in whole đồng), JSON and NDJSON are for machines. The name of a "
        "file says its year and the day of its figures.",
    ),
    "files_machines": Words("Mô tả cho máy đọc", "Described for machines"),
    "all_years": Words("Mọi năm", "All years"),
    "year_word": Words("Năm", "Year"),
    "formats": Words("Dạng tệp", "Formats"),
    "dictionary": Words("Các cột", "Columns"),
    "column": Words("Cột", "Column"),
    "kind_of_value": Words("Kiểu", "Type"),
    "unit": Words("Đơn vị", "Unit"),
    "meaning": Words("Ý nghĩa", "Meaning"),
    "key_column": Words("khóa", "key"),
}
