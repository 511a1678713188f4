/** File formats that Apache Tika reads: PDF and office documents. */
module dev.geotherm.tika {
    requires transitive dev.geotherm.api;
    requires java.xml;
    requires org.apache.tika.core;
    requires org.apache.tika.parser.microsoft;
    requires org.apache.tika.parser.miscoffice;
    requires org.apache.tika.parser.pdf;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.tika;

    provides dev.geotherm.api.document.FileFormat with
            dev.geotherm.tika.TikaFileFormat;
}
